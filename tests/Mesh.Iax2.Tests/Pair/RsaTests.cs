using System.Security.Cryptography;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Pair;

/// <summary>Proof by RSA, both roles, calls and registrations.</summary>
public class RsaTests
{
    private static readonly (string Private, string Public) London = Keys(1024), Manchester = Keys(1024), Stranger = Keys(1024);

    [Fact]
    public void A_signature_is_172_characters_and_only_good_for_its_challenge_and_key()
    {
        var ours = RsaKeys.FromPem(London.Private, null);
        var theirs = RsaKeys.FromPem(null, London.Public);
        string result = ours.Sign("104729381"u8);
        Assert.Equal(172, result.Length);
        Assert.True(theirs.Verify("104729381"u8, result));
        Assert.False(theirs.Verify("104729382"u8, result));
        Assert.False(RsaKeys.FromPem(null, Stranger.Public).Verify("104729381"u8, result));
        foreach (string wrong in (string[])["", "=", "not base64!", new string('A', 172), new string('A', 100_000), result[..170]]) Assert.False(theirs.Verify("104729381"u8, wrong));
        // Signed as others would: SHA-1, PKCS #1 v1.5, base64.
        using var other = RSA.Create();
        other.ImportFromPem(London.Public);
        Assert.True(other.VerifyData("104729381"u8, Convert.FromBase64String(result), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void Keys_that_cannot_serve_are_refused_with_a_reason()
    {
        Assert.Contains("cannot be read", Assert.Throws<ArgumentException>(() => RsaKeys.FromPem("nonsense", null)).Message);
        Assert.Contains("public key", Assert.Throws<ArgumentException>(() => RsaKeys.FromPem(London.Public, null)).Message);
        // Its signature would not fit into an element.
        Assert.Contains("2048 bits", Assert.Throws<ArgumentException>(() => RsaKeys.FromPem(Keys(2048).Private, null)).Message);
        using var largest = RSA.Create(RsaKeys.MaxBits / 64 * 64);
        Assert.InRange(RsaKeys.FromPem(largest.ExportRSAPrivateKeyPem(), null).Sign("x"u8).Length, 172, 255);
    }

    [Fact]
    public void A_call_proves_itself_by_its_key()
    {
        using var pair = Pair(toCaller: RsaKeys.FromPem(null, London.Public));
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        Assert.Equal(172, Elements(pair, IaxCommand.AuthRep).RsaResult!.Length);
        Assert.Equal(AuthenticationMethods.Rsa, Elements(pair, IaxCommand.AuthReq).AuthMethods);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.AssertNothingLeft();
    }

    [Fact]
    public void Another_key_is_refused()
    {
        using var pair = Pair(toCaller: RsaKeys.FromPem(null, Stranger.Public));
        var (_, log, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => log.Cause is not null, 5));
        Assert.Equal(CauseCode.FacilityNotSubscribed, log.Cause);
        Assert.Equal(1, pair.Manchester.Endpoint.Counters[DropReason.AuthenticationFailed]);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void With_a_secret_besides_the_call_is_encrypted()
    {
        using var pair = Pair(toCaller: RsaKeys.FromPem(null, London.Public), encryption: EncryptionPolicy.Required);
        var (call, _, _) = pair.London.Place("manchester");
        Assert.True(pair.Until(() => call.IsUp, 5));
        Assert.True(call.IsEncrypted);
        pair.London.Loop.Invoke(() => call.Hangup(CauseCode.NormalClearing));
        pair.AssertNothingLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_registration_proves_itself_by_its_key(bool isRight)
    {
        using var pair = new IaxPair();
        pair.Manchester.Loop.Invoke(() => pair.Manchester.Endpoint.AddPeer(new PeerOptions
        {
            Name = "phone", Methods = AuthenticationMethods.Rsa, Rsa = RsaKeys.FromPem(null, isRight ? Stranger.Public : Manchester.Public),
        }));
        RegistrationClient? client = null;
        pair.London.Loop.Invoke(() =>
        {
            client = pair.London.Endpoint.AddRegistration(new RegistrationClientOptions
            {
                Server = pair.Manchester.Address, Username = "phone", Secret = "", Methods = AuthenticationMethods.Rsa, Rsa = RsaKeys.FromPem(Stranger.Private, null),
            });
            client.Start();
        });
        pair.Run(1);
        Assert.Equal(isRight ? RegistrationState.Registered : RegistrationState.Rejected, client!.State);
        Assert.Equal(isRight, pair.Manchester.Stored.ContainsKey("phone"));
    }

    [Fact]
    public void The_strongest_method_is_chosen_and_judged_first()
    {
        var both = AuthenticationMethods.Rsa | AuthenticationMethods.Md5 | AuthenticationMethods.Plaintext;
        var peer = new PeerOptions { Name = "p", Secret = "s3cret", Methods = both, Rsa = RsaKeys.FromPem(London.Private, London.Public) };
        Assert.True(Answer(peer, both).RsaResult is not null);
        Assert.True(Answer(peer with { Rsa = RsaKeys.FromPem(null, London.Public) }, both).Md5Result is not null);
        Assert.True(Answer(peer, AuthenticationMethods.Md5 | AuthenticationMethods.Plaintext).Md5Result is not null);
        Assert.True(Answer(peer, AuthenticationMethods.Plaintext).Password is not null);

        var rsa = Answer(peer, AuthenticationMethods.Rsa);
        var md5 = Answer(peer, AuthenticationMethods.Md5);
        var password = Answer(peer, AuthenticationMethods.Plaintext);
        Assert.True(Authentication.Verify(peer, "abc"u8, rsa));
        Assert.True(Authentication.Verify(peer, "abc"u8, md5));
        // Whoever may be told the secret is rather given its digest.
        Assert.True(Answer(peer with { Methods = AuthenticationMethods.Plaintext }, both).Md5Result is not null);
        // In a call, who may use MD5 gets nowhere with plaintext; in a registration the element given decides.
        Assert.False(Authentication.Verify(peer, "abc"u8, password));
        Assert.True(Authentication.VerifyRegistration(peer, "abc"u8, password));
        Assert.True(Authentication.VerifyRegistration(peer, "abc"u8, rsa));
        Assert.True(Authentication.VerifyRegistration(peer, "abc"u8, md5));
        Assert.False(Authentication.VerifyRegistration(peer with { Methods = AuthenticationMethods.Rsa }, "abc"u8, md5));
        Assert.False(Authentication.VerifyRegistration(peer with { Methods = AuthenticationMethods.Md5 }, "abc"u8, password));
        Assert.False(Authentication.VerifyRegistration(peer with { Methods = AuthenticationMethods.Md5 }, "abc"u8, rsa));
        Assert.False(Authentication.Verify(peer with { Methods = AuthenticationMethods.Rsa }, "abc"u8, Iax2.Wire.Elements.None));

        static Elements Answer(PeerOptions peer, AuthenticationMethods offered)
        {
            byte[] request = RawPeer.Write((ref w) => { w.AddUInt16(ElementId.AuthMethods, (ushort)offered); w.AddText(ElementId.Challenge, "abc"); });
            Assert.True(Iax2.Wire.Elements.TryRead(request, out var elements));
            Assert.True(Authentication.CanAnswer(peer, elements));
            Assert.True(Iax2.Wire.Elements.TryRead(Authentication.Answer(peer, elements), out var answer));
            return answer;
        }
    }

    [Fact]
    public void A_peer_that_needs_keys_it_has_not_is_refused()
    {
        using var world = new SimulatedWorld();
        var site = new IaxSite(world, "london", "10.0.0.1:4569").Endpoint;
        Assert.Throws<ArgumentException>(() => site.AddPeer(new PeerOptions { Name = "p", Secret = "s", Methods = AuthenticationMethods.Rsa }));
        Assert.Throws<ArgumentException>(() => site.AddPeer(new PeerOptions { Name = "p", Encryption = EncryptionPolicy.Required }));
    }

    private static IaxPair Pair(RsaKeys toCaller, EncryptionPolicy encryption = EncryptionPolicy.Off) => new(
        toCallee: peer => peer with { Methods = AuthenticationMethods.Rsa, Rsa = RsaKeys.FromPem(London.Private, null), Encryption = encryption },
        toCaller: peer => peer with { Methods = AuthenticationMethods.Rsa, Rsa = toCaller, Encryption = encryption });

    private static Elements Elements(IaxPair pair, IaxCommand command)
    {
        foreach (var datagram in pair.Datagrams)
            if (FullFrame.TryRead(datagram.Payload.Span, out var frame) && frame.Command == command && Iax2.Wire.Elements.TryRead(frame.Payload, out var elements)) return elements;
        throw new InvalidDataException($"no {command} was sent");
    }

    private static (string Private, string Public) Keys(int bits)
    {
        using var key = RSA.Create(bits);
        return (key.ExportRSAPrivateKeyPem(), key.ExportSubjectPublicKeyInfoPem());
    }
}
