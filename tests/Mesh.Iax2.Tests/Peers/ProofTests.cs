using System.Text;
using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Peers;

public class ProofTests
{
    private static readonly NetAddress Here = NetAddress.Parse("10.0.0.1:4569");

    [Fact]
    public void A_token_is_printable_short_and_good_for_its_address_only()
    {
        using var world = new SimulatedWorld();
        var tokens = new CallTokens(new SeededChance(1), world.Time, 15_000);
        var token = new byte[CallTokens.TokenLength];
        tokens.Write(Here, token);
        Assert.All(token, octet => Assert.InRange(octet, (byte)0x21, (byte)0x7E));
        Assert.True(tokens.Verify(Here, token));
        Assert.False(tokens.Verify(Here.WithPort(4570), token));
        Assert.False(tokens.Verify(NetAddress.Parse("10.0.0.2:4569"), token));
        Assert.False(tokens.Verify(Here, token.AsSpan(1)));
        Assert.False(tokens.Verify(Here, []));
        for (int i = 0; i < token.Length; i++)
        {
            token[i] ^= 1;
            Assert.False(tokens.Verify(Here, token));
            token[i] ^= 1;
        }
        world.RunFor(TimeSpan.FromSeconds(15));
        Assert.True(tokens.Verify(Here, token));
        world.RunFor(TimeSpan.FromSeconds(15));
        Assert.False(tokens.Verify(Here, token));
    }

    [Fact]
    public void A_challenge_differs_by_address_number_name_and_time()
    {
        using var world = new SimulatedWorld();
        var tokens = new CallTokens(new SeededChance(1), world.Time, 15_000);
        string[] challenges =
        [
            Text(tokens.Challenge(Here, 7, "a", 0)), Text(tokens.Challenge(Here, 8, "a", 0)), Text(tokens.Challenge(Here, 7, "b", 0)), Text(tokens.Challenge(Here, 7, "a", 1)),
            Text(tokens.Challenge(Here.WithPort(1), 7, "a", 0)),
        ];
        Assert.Equal(challenges.Length, challenges.Distinct().Count());

        static string Text(byte[] octets) => Encoding.ASCII.GetString(octets);
    }

    [Fact]
    public void The_computed_digest_is_right() => Assert.Equal("4a53342d06bc87a0f6c4463006734024", Authentication.Md5Result("104729381"u8, "s3cret"));

    [Theory]
    [InlineData(AuthenticationMethods.Md5, true, false, true)]
    [InlineData(AuthenticationMethods.Md5, false, true, false)]
    [InlineData(AuthenticationMethods.Md5 | AuthenticationMethods.Plaintext, false, true, false)]
    [InlineData(AuthenticationMethods.Plaintext, false, true, true)]
    [InlineData(AuthenticationMethods.Plaintext, true, false, false)]
    public void Only_the_strongest_method_allowed_counts(AuthenticationMethods methods, bool md5, bool password, bool isGood)
    {
        var peer = new PeerOptions { Name = "p", Secret = "s3cret", Methods = methods };
        var writer = new ElementWriter(new byte[200]);
        if (md5) writer.AddText(ElementId.Md5Result, Authentication.Md5Result("abc"u8, "s3cret").ToUpperInvariant());
        if (password) writer.AddText(ElementId.Password, "s3cret");
        Assert.True(Elements.TryRead(writer.Written, out var answer));
        Assert.Equal(isGood, Authentication.Verify(peer, "abc"u8, answer));
        Assert.False(Authentication.Verify(peer, "abc"u8, Elements.None));
        Assert.False(Authentication.Verify(peer with { Secret = "other" }, "abc"u8, answer));
    }

    [Fact]
    public void A_peer_that_lets_anybody_in_is_refused()
    {
        using var world = new SimulatedWorld();
        var site = new IaxSite(world, "london", "10.0.0.1:4569").Endpoint;
        Assert.Throws<ArgumentException>(() => site.AddPeer(new PeerOptions { Name = "p", CallToken = CallTokenPolicy.Optional }));
        Assert.Throws<ArgumentException>(() => site.AddPeer(new PeerOptions { Name = "p", Secret = "s", Formats = [] }));
        site.AddPeer(new PeerOptions { Name = "p", Secret = "s" });
        Assert.Throws<ArgumentException>(() => site.AddPeer(new PeerOptions { Name = "q", TheirUsername = "p", Secret = "s" }));
    }
}
