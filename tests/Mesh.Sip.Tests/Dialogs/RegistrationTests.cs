using Mesh.Io.Simulation;
using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Security;
using Mesh.Sip.Tests.Endpoint;
using Mesh.Sip.Transactions;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Tests.Dialogs;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_phone_registers_with_digest_refreshes_and_goes_away(bool md5Only)
    {
        using var pair = new SipPair();
        var guard = new Guard(pair.B, "correct-horse", md5Only);
        pair.B.WhenRegistering = register => guard.Serve(register, granted: 60);
        var registration = Register(pair, "correct-horse");
        pair.Until(() => pair.A.Events.Contains("registered 60"), 1);
        Assert.Equal(["REGISTER", "401", "REGISTER", "200"], pair.Sent);
        Assert.Equal(md5Only ? DigestAlgorithm.Md5 : DigestAlgorithm.Sha256, guard.Used);
        pair.Run(120);
        int times = pair.A.Events.Count(e => e == "registered 60");
        Assert.InRange(times, 3, 4);
        pair.A.Do(registration.Stop);
        pair.Until(() => pair.A.Events.Contains("unregistered"), 1);
        Assert.Equal(0u, guard.LastExpires);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_wrong_password_is_tried_once_a_turn_and_later_again()
    {
        using var pair = new SipPair();
        var guard = new Guard(pair.B, "correct-horse", md5Only: false);
        pair.B.WhenRegistering = register => guard.Serve(register, 60);
        var registration = Register(pair, "wrong");
        pair.Run(1);
        Assert.Equal(["refused 401"], pair.A.Events);
        Assert.Equal(2, pair.Count("REGISTER"));
        pair.Run(10);
        Assert.InRange(pair.A.Events.Count, 2, 3);
        pair.A.Do(registration.Stop);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void A_dead_registrar_is_tried_until_it_comes_back()
    {
        using var pair = new SipPair();
        pair.World.Wire.Partition(pair.A.Address, pair.B.Address);
        pair.B.WhenRegistering = register => register.Respond(SipStatus.Ok, new HeaderLines().Add(HeaderName.Expires, 120));
        var registration = Register(pair, "x");
        pair.Run(40);
        Assert.Equal(["refused 408"], pair.A.Events);
        pair.World.Wire.Heal();
        pair.Until(() => registration.IsRegistered, 60);
        pair.A.Do(registration.Stop);
        pair.AssertNothingLeft();
    }

    [Fact]
    public void An_interval_too_brief_is_asked_for_longer()
    {
        using var pair = new SipPair();
        pair.B.WhenRegistering = register =>
        {
            bool brief = register.Request.TryGet<DeltaSeconds>(HeaderName.Expires, out var asked) && asked.Seconds is > 0 and < 600;
            register.Respond(brief ? SipStatus.IntervalTooBrief : SipStatus.Ok, new HeaderLines().Add(brief ? HeaderName.MinExpires : HeaderName.Expires, 600));
        };
        var registration = Register(pair, "x");
        pair.Until(() => pair.A.Events.Contains("registered 600"), 1);
        pair.A.Do(registration.Stop);
        pair.AssertNothingLeft();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_call_answers_its_challenge_once(bool right)
    {
        using var pair = new SipPair();
        var guard = new Guard(pair.B, "correct-horse", md5Only: false);
        pair.B.WhenInvited = invite =>
        {
            if (guard.Admits(invite.Request, HeaderName.ProxyAuthorization)) { invite.Ring(); pair.B.Accept(); }
            else invite.Reject(SipStatus.ProxyAuthenticationRequired, guard.Challenge(HeaderName.ProxyAuthenticate));
        };
        pair.A.Call(pair.B, o => o with { Credentials = new SipAccount("301", right ? "correct-horse" : "wrong") });
        pair.Until(() => pair.A.Events.Contains(right ? "answered" : "failed 407"), 1);
        Assert.Equal(2, pair.Count("INVITE"));
        if (right)
        {
            pair.Until(() => pair.B.Events.Contains("acked"), 1);
            pair.A.Do(() => pair.A.Session!.SendBye());
        }
        pair.AssertNothingLeft();
    }

    [Fact]
    public void An_account_does_not_show_its_password() => Assert.DoesNotContain("secret", new SipAccount("301", "secret").ToString(), StringComparison.Ordinal);

    private static OutboundRegistration Register(SipPair pair, string password)
    {
        OutboundRegistration registration = null!;
        pair.A.Do(() =>
        {
            registration = new OutboundRegistration(pair.A.Endpoint, new RegistrationOrder(SipUri.Parse($"sip:{pair.B.Address}"), pair.B.Uri("301")) { Credentials = new SipAccount("301", password), ExpiresSeconds = 300 }, pair.A);
            registration.Start();
        });
        return registration;
    }

    /// <summary>A registrar's door: one account, 301.</summary>
    private sealed class Guard(SipNode node, string password, bool md5Only)
    {
        private readonly DigestServer digest = new("mesh", new NonceSource(new byte[32], node.World.CreateChance()));
        private readonly DigestSecret secret = DigestSecret.From("301", "mesh", password);

        public DigestAlgorithm Used { get; private set; }
        public uint LastExpires { get; private set; }

        public bool Admits(SipRequest request, HeaderName header)
        {
            if (!digest.TryFind(request, header, out var credentials)) return false;
            Used = credentials.Algorithm;
            return digest.Check(request, credentials, secret, node.Loop.Clock.NowMs) == DigestVerdict.Accepted;
        }

        public HeaderLines Challenge(HeaderName header)
        {
            var writer = new SipWriter();
            digest.WriteChallenges(writer, header, stale: false, node.Loop.Clock.NowMs);
            if (!md5Only) return new HeaderLines().AddWritten(writer.Written);
            var lines = System.Text.Encoding.UTF8.GetString(writer.Written).Split("\r\n").Where(l => l.Contains("algorithm=MD5", StringComparison.Ordinal));
            return new HeaderLines().AddWritten(System.Text.Encoding.UTF8.GetBytes(string.Join("\r\n", lines) + "\r\n"));
        }

        public void Serve(ServerTransaction register, int granted)
        {
            if (!Admits(register.Request, HeaderName.Authorization)) { register.Respond(SipStatus.Unauthorized, Challenge(HeaderName.WwwAuthenticate)); return; }
            LastExpires = register.Request.TryGet<DeltaSeconds>(HeaderName.Expires, out var asked) ? asked.Seconds : 0;
            register.Respond(SipStatus.Ok, new HeaderLines().Add(HeaderName.Contact, $"{register.Request.Header(HeaderName.Contact)};expires={granted}"));
        }
    }
}
