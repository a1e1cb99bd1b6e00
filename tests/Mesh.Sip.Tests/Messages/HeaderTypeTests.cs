using Mesh.Sip.Messages;
using Xunit;

namespace Mesh.Sip.Tests.Messages;

public class HeaderTypeTests
{
    private static T Read<T>(string text) where T : struct, IHeaderValue<T>
    {
        Assert.True(T.TryParse(text, out var value), text);
        return value;
    }

    private static void Refuses<T>(params string[] texts) where T : struct, IHeaderValue<T>
    {
        foreach (string text in texts) Assert.False(T.TryParse(text, out _), text);
    }

    [Fact]
    public void Via_in_full()
    {
        var via = Read<Via>("SIP / 2.0 / UDP [2001:db8::1] : 5062 ;branch=z9hG4bKx;received=2001:db8::9;rport=5070;ttl=1");
        Assert.Equal("UDP", via.Transport.ToString());
        Assert.Equal("[2001:db8::1]", via.Host.ToString());
        Assert.Equal(5062, via.Port);
        Assert.Equal("z9hG4bKx", via.Branch.ToString());
        Assert.True(via.HasMagicCookie);
        Assert.Equal("2001:db8::9", via.Received.ToString());
        Assert.Equal(5070, via.Rport);
        Assert.Equal("1", via.Parameters["ttl"u8].ToString());
        var old = Read<Via>("SIP/2.0/UDP iftgw.example.com");
        Assert.Null(old.Port);
        Assert.False(old.Branch.IsPresent || old.HasMagicCookie || old.WantsRport);
        Assert.False(Read<Via>("SIP/2.0/UDP a;branch=z9hG4bK;rport").HasMagicCookie);
        Assert.True(Read<Via>("SIP/2.0/UDP a;rport").WantsRport);
        Refuses<Via>("", "SIP/2.0", "SIP/2.0/UDP", "SIP/2.0/UDP ", "SIP/2.0/UDPhost", "SIP/2.0/UDP a;", "SIP/2.0/UDP a;;b", "SIP/2.0/UDP a:x", "SIP/2.0/UDP a:70000", "SIP/2.0/UDP a b");
    }

    [Fact]
    public void CSeq_and_its_limits()
    {
        Assert.Equal(new CSeq(9, SipMethod.Invite), Read<CSeq>("0009   INVITE"));
        Assert.Equal(0u, Read<CSeq>("0 ACK").Number);
        Assert.Equal(int.MaxValue, (int)Read<CSeq>("2147483647 ACK").Number);
        Assert.Equal("NEWMETHOD", Read<CSeq>("1 NEWMETHOD").Method.ToString());
        Refuses<CSeq>("", "INVITE", "1", "1 ", "2147483648 ACK", "-1 ACK", "1ACK", "1 A B", "36893488147419103232 REGISTER");
    }

    [Fact]
    public void Contact_in_full()
    {
        var contact = Read<Contact>("\"x\" <sip:a@b>;expires=60;q=0.33;+sip.instance=\"<urn:uuid:00>\";reg-id=2");
        Assert.Equal((60u, 330, "<urn:uuid:00>", 2u), (contact.Expires!.Value, contact.Q, contact.Instance.ToString(), contact.RegId!.Value));
        var bare = Read<Contact>("<sip:a@b>");
        Assert.Equal((null, 1000, false, null), (bare.Expires, bare.Q, bare.Instance.IsPresent, bare.RegId));
        Assert.Equal(uint.MaxValue, Read<Contact>("<sip:a@b>;expires=280297596632815").Expires);
        Assert.True(Read<Contact>(" * ").IsStar);
        Refuses<Contact>("", "**", "sip:a@b?x=y");
    }

    [Fact]
    public void Reason_and_what_a_losing_leg_is_told()
    {
        var reason = Read<Reason>(Reason.AnsweredElsewhere);
        Assert.True(reason.IsSip);
        Assert.Equal((200, "Call completed elsewhere"), (reason.Cause!.Value, reason.Phrase));
        var q850 = Read<Reason>("Q.850 ; cause = 16");
        Assert.True(q850.IsQ850);
        Assert.Equal((16, ""), (q850.Cause!.Value, q850.Phrase));
        Refuses<Reason>("", ";cause=1", "SIP;", "SIP;text=\"x");
    }

    [Fact]
    public void Timers()
    {
        Assert.Equal(new SessionExpires(1900, Refresher.Uac), Read<SessionExpires>("1900;refresher=uac"));
        Assert.Equal(new SessionExpires(90, null), Read<SessionExpires>("90"));
        Assert.Equal(new DeltaSeconds(120), Read<DeltaSeconds>("120"));
        Assert.Equal(new DeltaSeconds(uint.MaxValue), Read<DeltaSeconds>("10000000000000000000000000"));
        Assert.Equal(new RetryAfter(18000, 3600), Read<RetryAfter>("18000 (a (nested) \\) one);duration=3600"));
        Assert.Equal(new RetryAfter(5, null), Read<RetryAfter>("5"));
        Refuses<SessionExpires>("", "x", "1900;refresher=");
        Refuses<DeltaSeconds>("", "-1", "x");
        Refuses<RetryAfter>("", "soon", "5 (open");
    }

    [Fact]
    public void Reliable_provisional_responses()
    {
        Assert.Equal(new RSeq(988789), Read<RSeq>("988789"));
        Assert.Equal(new RAck(776656, new CSeq(1, SipMethod.Invite)), Read<RAck>("776656 1 INVITE"));
        Refuses<RSeq>("", "0", "1x", "4294967296");
        Refuses<RAck>("", "1", "1 INVITE", "1 1", "1 2 3 INVITE");
    }

    [Fact]
    public void Transfers()
    {
        var refer = Read<ReferTo>("<sip:b@c?Replaces=12345%40192.0.2.1%3Bto-tag%3D12345%3Bfrom-tag%3D5FFE-3994>");
        Assert.True(refer.TryReplaces(out var replaces));
        Assert.Equal(("12345@192.0.2.1", "12345", "5FFE-3994", false), (replaces.CallId.ToString(), replaces.ToTag.ToString(), replaces.FromTag.ToString(), replaces.EarlyOnly));
        Assert.Equal(SipMethod.Bye, Read<ReferTo>("<sip:b@c;method=BYE>").Method);
        Assert.Equal(SipMethod.Invite, Read<ReferTo>("sip:b@c").Method);
        Assert.False(Read<ReferTo>("sip:b@c").TryReplaces(out _));
        Assert.True(Read<Replaces>("a@b ;from-tag=1; to-tag=2;early-only").EarlyOnly);
        Refuses<Replaces>("", "a", "a;to-tag=1", ";to-tag=1;from-tag=2", "a b;to-tag=1;from-tag=2", "a;to-tag=1;from-tag=2;");
    }

    [Fact]
    public void Who_is_calling()
    {
        Assert.True(Read<Privacy>("id;critical").HidesNumber);
        Assert.Equal(PrivacyKinds.Refused, Read<Privacy>("none").Kinds);
        Assert.False(Read<Privacy>("session; whatever").HidesNumber);
        var party = Read<RemotePartyId>("\"X\" <sip:02079460123@c>;party=calling;screen=yes;privacy=off");
        Assert.True(party is { IsCalling: true, IsScreened: true, HidesNumber: false });
        Assert.True(Read<RemotePartyId>("<sip:1@c>;party=called;privacy=full") is { IsCalling: false, HidesNumber: true });
        var diversion = Read<Diversion>("<sip:301@x>;reason=user-busy;counter=3");
        Assert.Equal(("user-busy", 3), (diversion.Reason.ToString(), diversion.Counter));
        Assert.Equal(1, Read<Diversion>("<sip:301@x>").Counter);
    }

    [Fact]
    public void Media_types_and_subscriptions()
    {
        Assert.True(Read<MediaType>("application / SDP ;charset=x").Is("application"u8, "sdp"u8));
        Assert.True(Read<MediaType>("*/*").Takes("application"u8, "sdp"u8));
        Assert.True(Read<MediaType>("application/*").Takes("application"u8, "sdp"u8));
        Assert.False(Read<MediaType>("text/nobodyKnowsThis").Takes("application"u8, "sdp"u8));
        Refuses<MediaType>("", "sdp", "application/", "/sdp", "a/b;");
        var state = Read<SubscriptionState>("terminated;reason=noresource");
        Assert.True(state.IsTerminated);
        Assert.Equal(60u, Read<SubscriptionState>("active;expires=60").Expires);
    }
}
