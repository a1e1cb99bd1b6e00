using System.Text;
using Mesh.Sip.Messages;
using Mesh.Sip.Security;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Security;

public class DigestTests
{
    // RFC 7616 section 3.9.1.
    private const string Realm = "http-auth@example.org", Nonce = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", Cnonce = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

    private static bool Verify(string header, string user, string realm, string password, string method)
    {
        Assert.True(DigestCredentials.TryParse(header, out var credentials));
        Assert.True(SipMethod.TryParse(Encoding.ASCII.GetBytes(method), out var name));
        return Digest.Verify(credentials, DigestSecret.From(user, realm, password), name);
    }

    private static string Rfc7616(string algorithm, string response) =>
        $"Digest username=\"Mufasa\", realm=\"{Realm}\", uri=\"/dir/index.html\", algorithm={algorithm}, nonce=\"{Nonce}\", nc=00000001, cnonce=\"{Cnonce}\", qop=auth, response=\"{response}\"";

    [Theory]
    [InlineData("MD5", "8ca523f5e9506fed4657c9700eebdbec")]
    [InlineData("SHA-256", "753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1")]
    [InlineData("sha-256", "753927FA0E85D155564E2E272A28D1802CA10DAF4496794697CF8DB5856CB6C1")]
    public void The_RFC_s_own_examples_are_right(string algorithm, string response)
    {
        Assert.True(Verify(Rfc7616(algorithm, response), "Mufasa", Realm, "Circle of Life", "GET"));
        Assert.False(Verify(Rfc7616(algorithm, response), "Mufasa", Realm, "Circle of Lift", "GET"));
        Assert.False(Verify(Rfc7616(algorithm, response), "Mufasa", Realm, "Circle of Life", "PUT"));
        Assert.False(Verify(Rfc7616(algorithm, response[..^1] + "0"), "Mufasa", Realm, "Circle of Life", "GET"));
        Assert.False(Verify(Rfc7616(algorithm, response[..8]), "Mufasa", Realm, "Circle of Life", "GET"));
    }

    [Fact]
    public void RFC_2617_s_example_is_right() => Assert.True(Verify(
        "Digest username=\"Mufasa\",realm=\"testrealm@host.com\",nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\",uri=\"/dir/index.html\",qop=auth,nc=00000001,"
        + "cnonce=\"0a4f113b\",response=\"6629fae49393a05397450978507c4ef1\",opaque=\"5ccc069c403ebaf9f0171e9517f40e41\"",
        "Mufasa", "testrealm@host.com", "Circle Of Life", "GET"));

    [Theory]
    [InlineData("MD5", "auth")]
    [InlineData("MD5", "auth-int,auth")]
    [InlineData("MD5", null)]
    [InlineData("MD5-sess", "auth")]
    [InlineData("SHA-256", "auth")]
    [InlineData("SHA-256-sess", "auth")]
    public void What_we_answer_we_take(string algorithm, string? qop)
    {
        string offer = $"Digest realm=\"a \\\"b\\\"\", nonce=\"n1\", opaque=\"o\", algorithm={algorithm}" + (qop is null ? "" : $", qop=\"{qop}\"");
        Assert.True(DigestChallenge.TryParse(offer, out var challenge));
        Assert.True(challenge.CanBeAnswered);
        var secret = DigestSecret.From("alice", "a \"b\"", "pw");
        var writer = new SipWriter();
        writer.StartRequest(SipMethod.Register, "sip:x");
        Digest.WriteAnswer(writer, HeaderName.Authorization, challenge, "alice", secret, SipMethod.Register, "sip:x", 10, "cn"u8);
        string text = Encoding.UTF8.GetString(writer.Written);
        string line = text.Split("\r\n")[1]["Authorization: ".Length..];
        Assert.True(DigestCredentials.TryParse(line, out var credentials));
        Assert.True(Digest.Verify(credentials, secret, SipMethod.Register));
        Assert.False(Digest.Verify(credentials, DigestSecret.From("alice", "a \"b\"", "pX"), SipMethod.Register));
        Assert.Equal("o", credentials.Opaque.ToString());
        Assert.Equal(qop is null ? 1u : 10u, credentials.NonceCount);
    }

    [Theory]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("NoOneKnowsThisScheme opaque-data=here")]
    [InlineData("Digest")]
    [InlineData("Digest username=\"a\"")]
    [InlineData("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x\",realm=\"s\"")]
    [InlineData("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x")]
    [InlineData("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x\",qop=auth")]
    [InlineData("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x\",qop=auth,nc=1,cnonce=\"c\"")]
    [InlineData("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x\",qop=auth,nc=00000000,cnonce=\"c\"")]
    [InlineData("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x\",qop=auth-int,nc=00000001,cnonce=\"c\"")]
    [InlineData("Digest username=\"a\",realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x\",algorithm=ROT13")]
    [InlineData("Digest username=\"a\" realm=\"r\",nonce=\"n\",uri=\"u\",response=\"x\"")]
    public void Credentials_that_are_none_are_not_read(string header) => Assert.False(DigestCredentials.TryParse(header, out _));

    [Fact]
    public void A_secret_does_not_show_itself()
    {
        Assert.Equal("(secret)", DigestSecret.From("a", "b", "c").ToString());
        Assert.Throws<FormatException>(() => DigestSecret.FromHashes("12", "34"));
    }
}
