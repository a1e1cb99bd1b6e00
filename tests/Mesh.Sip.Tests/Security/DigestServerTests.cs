using System.Text;
using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Security;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Security;

/// <summary>Both sides of Digest against each other: 401, answer, 200, as a phone registers.</summary>
public class DigestServerTests
{
    private readonly DigestServer server = new("mesh", new NonceSource(new byte[32], new SeededChance(7)));
    private readonly DigestSecret secret = DigestSecret.From("301", "mesh", "correct-horse");
    private readonly SipWriter writer = new();

    private DigestChallenge Challenge(bool stale = false)
    {
        writer.StartResponse(Register(null), SipStatus.Unauthorized, "t");
        server.WriteChallenges(writer, HeaderName.WwwAuthenticate, stale, 0);
        Assert.True(SipParser.TryParse(writer.End().Written, out var message, out var error), error.Fault.ToString());
        var response = (SipResponse)message!;
        Assert.Equal(2, response.CountOf(HeaderName.WwwAuthenticate));
        Assert.True(DigestChallenge.TryStrongest(response, out var challenge));
        return challenge;
    }

    private SipRequest Register(DigestChallenge? challenge, uint count = 1, string password = "correct-horse")
    {
        var own = new SipWriter();
        own.StartRequest(SipMethod.Register, "sip:mesh").Via("UDP"u8, "10.0.0.1", 5060, "z9hG4bK1"u8)
            .Address(HeaderName.From, default, "sip:301@mesh", "f").Address(HeaderName.To, default, "sip:301@mesh")
            .Header(HeaderName.CallId, "c1").CSeq(count, SipMethod.Register).Header(HeaderName.MaxForwards, 70);
        if (challenge is { } asked)
            Digest.WriteAnswer(own, HeaderName.Authorization, asked, "301", DigestSecret.From("301", "mesh", password), SipMethod.Register, "sip:mesh", count, "abc"u8);
        Assert.True(SipParser.TryParse(own.End().Written, out var message, out var error), error.Fault.ToString());
        return (SipRequest)message!;
    }

    private DigestVerdict Check(SipRequest request, DigestSecret? known, long nowMs = 0)
    {
        Assert.True(server.TryFind(request, HeaderName.Authorization, out var credentials));
        return server.Check(request, credentials, known, nowMs);
    }

    [Fact]
    public void The_strongest_offer_is_answered_and_taken()
    {
        var challenge = Challenge();
        Assert.Equal(DigestAlgorithm.Sha256, challenge.Algorithm);
        Assert.False(challenge.IsStale);
        Assert.Equal(DigestVerdict.Accepted, Check(Register(challenge), secret));
        Assert.Equal(DigestVerdict.Accepted, Check(Register(challenge, count: 2), secret));
    }

    [Fact]
    public void A_repeated_request_is_stale_a_wrong_one_wrong()
    {
        var challenge = Challenge(stale: true);
        Assert.True(challenge.IsStale);
        var request = Register(challenge);
        Assert.Equal(DigestVerdict.Wrong, Check(Register(challenge, password: "battery"), secret));
        Assert.Equal(DigestVerdict.Wrong, Check(request, known: null));
        Assert.Equal(DigestVerdict.Accepted, Check(request, secret));
        Assert.Equal(DigestVerdict.Stale, Check(request, secret));
        Assert.Equal(DigestVerdict.Stale, Check(Register(challenge, count: 2), secret, nowMs: 4_000_000));
    }

    [Fact]
    public void Credentials_of_another_realm_are_not_ours()
    {
        Assert.False(server.TryFind(Register(null), HeaderName.Authorization, out _));
        Assert.True(DigestChallenge.TryParse("Digest realm=\"other\",nonce=\"n\"", out var other));
        Assert.False(server.TryFind(Register(other), HeaderName.Authorization, out _));
    }

    [Fact]
    public void Challenges_nobody_here_can_answer_are_passed_over()
    {
        var response = Encoding.ASCII.GetBytes("SIP/2.0 401 Unauthorized\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: c\r\nCSeq: 1 REGISTER\r\n"
            + "WWW-Authenticate: Digest realm=\"r\",nonce=\"1\",algorithm=SHA-512-256,qop=\"auth\"\r\nWWW-Authenticate: Digest realm=\"r\",nonce=\"2\",algorithm=SHA-256,qop=\"auth-int\"\r\n"
            + "WWW-Authenticate: Basic realm=\"r\"\r\nWWW-Authenticate: Digest realm=\"r\",nonce=\"3\",algorithm=MD5,qop=\"auth\"\r\nContent-Length: 0\r\n\r\n");
        Assert.True(SipParser.TryParse(response, out var message, out _));
        Assert.True(DigestChallenge.TryStrongest((SipResponse)message, out var challenge));
        Assert.Equal("3", challenge.Nonce.ToString());
    }
}
