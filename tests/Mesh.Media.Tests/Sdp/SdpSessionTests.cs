using System.Text;

namespace Mesh.Media.Tests.Sdp;

/// <summary>RFC 3264, as answerer and offerer.</summary>
public sealed class SdpSessionTests
{
    private static readonly LocalAudio Local = new(NetAddress.Parse("10.0.0.1:20000"), [AudioCodec.Pcma, AudioCodec.Pcmu]);
    private readonly SdpSession session = new(4711);

    private static SdpOutcome Answer(SdpSession session, string offer, LocalAudio? local = null) => session.Answer(Encoding.UTF8.GetBytes(offer), local ?? Local);

    private static SessionDescription Read(byte[]? body)
    {
        Assert.True(SessionDescription.TryParse(body, out var description, out var error), error.ToString());
        return description;
    }

    public static TheoryData<string, string, AudioCodec, int, int?> Offers => new()
    {
        { RealOffers.Baresip, "192.0.2.15:21814", AudioCodec.Pcma, 8, 101 },
        { RealOffers.Linphone, "192.0.2.16:7078", AudioCodec.Pcma, 8, 99 },
        { RealOffers.Sipp, "127.0.0.9:6000", AudioCodec.Pcmu, 0, null },
        { RealOffers.Carrier, "198.51.100.140:14562", AudioCodec.Pcma, 8, 101 },
        { RealOffers.DeskPhone, "192.0.2.40:11786", AudioCodec.Pcma, 8, 101 },
        { RealOffers.SixAddress, "[2001:db8::5]:5004", AudioCodec.Pcma, 8, null },
    };

    [Theory]
    [MemberData(nameof(Offers))]
    public void Offers_of_real_devices_are_taken_up(string offer, string remote, AudioCodec codec, int payloadType, int? events)
    {
        var outcome = Answer(session, offer);
        Assert.Equal(SdpRefusal.None, outcome.Refusal);
        var agreed = outcome.Agreed!;
        Assert.Equal((NetAddress.Parse(remote), codec, (byte)payloadType, (byte?)events, (byte?)events), (agreed.Remote, agreed.Codec, agreed.PayloadType, agreed.SendEvents, agreed.ReceiveEvents));
        var offered = Read(Encoding.UTF8.GetBytes(offer));
        var answer = Read(outcome.Answer);
        Assert.Equal(offered.Media.Select(m => (m.Media, m.Protocol)), answer.Media.Select(m => (m.Media, m.Protocol)));
        var line = Assert.Single(answer.Media, m => m.Port != 0);
        Assert.Equal(20000, line.Port);
        Assert.Equal(events is null ? [$"{payloadType}"] : [$"{payloadType}", $"{events}"], line.Formats);
    }

    [Theory]
    [InlineData("unreadable", "hello", SdpRefusal.Unreadable)]
    [InlineData("browser", RealOffers.Browser, SdpRefusal.NoAudio)]
    [InlineData("fax", RealOffers.Fax, SdpRefusal.NoAudio)]
    [InlineData("g729", "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 4000 RTP/AVP 18\r\n", SdpRefusal.NoCommonCodec)]
    [InlineData("name", "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 phone.example\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n", SdpRefusal.NoAddress)]
    [InlineData("multicast", "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 224.2.36.42/127\r\nt=0 0\r\nm=audio 4000 RTP/AVP 8\r\n", SdpRefusal.NoAddress)]
    [InlineData("port 0", "v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 0 RTP/AVP 8\r\n", SdpRefusal.NoAudio)]
    public void What_cannot_be_taken_up_is_refused_with_its_reason(string what, string offer, SdpRefusal refusal)
    {
        var outcome = Answer(session, offer);
        Assert.True(refusal == outcome.Refusal, $"{what}: {outcome.Refusal} {outcome.Detail}");
        Assert.Null(outcome.Agreed);
        Assert.Null(outcome.Answer);
    }

    [Fact]
    public void Our_preference_decides_and_rtcp_and_ptime_are_read()
    {
        var outcome = Answer(session, RealOffers.Baresip, Local with { Codecs = [AudioCodec.Pcmu] });
        Assert.Equal(AudioCodec.Pcmu, outcome.Agreed!.Codec);
        Assert.Equal(NetAddress.Parse("192.0.2.15:21815"), outcome.Agreed.RemoteRtcp);
        Assert.Equal(30, Answer(session, RealOffers.DeskPhone).Agreed!.PtimeMs);
    }

    [Theory]
    [InlineData("sendrecv", AudioDirection.SendReceive, "sendrecv")]
    [InlineData("sendonly", AudioDirection.ReceiveOnly, "recvonly")]
    [InlineData("recvonly", AudioDirection.SendOnly, "sendonly")]
    [InlineData("inactive", AudioDirection.Inactive, "inactive")]
    public void Hold_is_answered_with_its_reverse(string offered, AudioDirection ours, string answered)
    {
        var outcome = Answer(session, RealOffers.Carrier.Replace("sendrecv", offered));
        Assert.Equal(ours, outcome.Agreed!.Direction);
        Assert.Contains(Read(outcome.Answer).Media[0].Attributes, a => a.Name == answered);
        // The same said for the whole session.
        var above = RealOffers.Carrier.Replace("a=sendrecv", "a=x").Replace("t=0 0", $"t=0 0\na={offered}");
        Assert.Equal(ours, Answer(session, above).Agreed!.Direction);
    }

    [Fact]
    public void Hold_in_the_older_way_sends_nothing_to_nowhere()
    {
        var outcome = Answer(session, RealOffers.Carrier.Replace("198.51.100.140", "0.0.0.0"));
        Assert.Equal(AudioDirection.ReceiveOnly, outcome.Agreed!.Direction);
        Assert.True(outcome.Agreed.Remote.IsNone);
        Assert.False(outcome.Agreed.MaySend);
    }

    [Fact]
    public void The_version_moves_when_the_description_changes_and_only_then()
    {
        var versions = new List<ulong>
        {
            Read(Answer(session, RealOffers.Carrier).Answer).Origin.Version,
            Read(Answer(session, RealOffers.Carrier).Answer).Origin.Version,
            Read(Answer(session, RealOffers.Carrier.Replace("sendrecv", "sendonly")).Answer).Origin.Version,
            Read(session.Offer(Local)).Origin.Version,
            Read(session.Offer(Local)).Origin.Version,
        };
        Assert.Equal([0UL, 0UL, 1UL, 2UL, 2UL], versions);
        Assert.Equal("4711", Read(session.Offer(Local)).Origin.SessionId);
    }

    [Fact]
    public void A_new_offer_keeps_every_line_in_its_place()
    {
        Answer(session, RealOffers.Linphone.Replace("m=audio", "m=video 1 RTP/AVP 31\nm=audio"));
        var offer = Read(session.Offer(Local with { Direction = AudioDirection.SendOnly }));
        Assert.Equal([("video", 0), ("audio", 20000), ("video", 0)], offer.Media.Select(m => (m.Media, m.Port)));
        Assert.Equal(AudioDirection.SendOnly, offer.DirectionOf(offer.Media[1]));
    }

    [Fact]
    public void An_offer_and_its_answer_agree_on_both_sides()
    {
        var theirs = new SdpSession(2);
        var body = session.Offer(Local);
        var answered = theirs.Answer(body, new LocalAudio(NetAddress.Parse("10.0.0.2:30000"), [AudioCodec.Pcmu]) { Direction = AudioDirection.SendOnly });
        var accepted = session.Accept(answered.Answer);
        Assert.Equal(NetAddress.Parse("10.0.0.2:30000"), accepted.Agreed!.Remote);
        Assert.Equal(NetAddress.Parse("10.0.0.1:20000"), answered.Agreed!.Remote);
        Assert.Equal((AudioCodec.Pcmu, AudioCodec.Pcmu), (accepted.Agreed.Codec, answered.Agreed.Codec));
        Assert.Equal((AudioDirection.ReceiveOnly, AudioDirection.SendOnly), (accepted.Agreed.Direction, answered.Agreed.Direction));
        Assert.Equal((101, 101), ((int)accepted.Agreed.SendEvents!, (int)answered.Agreed.SendEvents!));
    }

    [Fact]
    public void An_answer_may_number_telephone_events_otherwise()
    {
        session.Offer(Local);
        var outcome = session.Accept(Encoding.ASCII.GetBytes(RealOffers.Carrier.Replace("101", "97")));
        Assert.Equal((97, 101), ((int)outcome.Agreed!.SendEvents!, (int)outcome.Agreed.ReceiveEvents!));
    }

    [Fact]
    public void Telephone_events_of_another_clock_are_not_ours()
    {
        session.Offer(Local);
        Assert.Null(session.Accept(Encoding.ASCII.GetBytes(RealOffers.Carrier.Replace("telephone-event/8000", "telephone-event/16000"))).Agreed!.SendEvents);
    }

    [Fact]
    public void An_answer_that_refuses_the_audio_is_no_agreement()
    {
        session.Offer(Local);
        Assert.Equal(SdpRefusal.NoAudio, session.Accept(Encoding.ASCII.GetBytes(RealOffers.Carrier.Replace("14562", "0"))).Refusal);
        Assert.Equal(SdpRefusal.NoAudio, session.Accept("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nt=0 0\r\n"u8).Refusal);
        Assert.Equal(SdpRefusal.NoCommonCodec, session.Accept("v=0\r\no=- 1 1 IN IP4 1.2.3.4\r\ns=-\r\nc=IN IP4 1.2.3.4\r\nt=0 0\r\nm=audio 4 RTP/AVP 18\r\n"u8).Refusal);
        Assert.Throws<InvalidOperationException>(() => new SdpSession(9).Accept(Encoding.ASCII.GetBytes(RealOffers.Carrier)));
    }

    [Fact]
    public void Our_own_body_is_written_as_the_rfc_has_it()
    {
        Assert.Equal(
            "v=0\r\no=mesh 4711 0 IN IP4 10.0.0.1\r\ns=-\r\nc=IN IP4 10.0.0.1\r\nt=0 0\r\nm=audio 20000 RTP/AVP 8 0 101\r\na=rtpmap:8 PCMA/8000\r\n"
            + "a=rtpmap:0 PCMU/8000\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\na=ptime:20\r\na=sendrecv\r\n",
            Encoding.ASCII.GetString(session.Offer(Local)));
    }
}
