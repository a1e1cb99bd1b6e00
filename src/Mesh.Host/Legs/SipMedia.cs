using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Rtp;
using Mesh.Media.Sdp;
using Mesh.Sip;

namespace Mesh.Host.Legs;

/// <summary>The media of one SIP leg: its RTP port and its offers and answers. Signalling loop only.</summary>
public sealed class SipMedia : IDisposable
{
    private readonly SdpSession session;
    private readonly LocalAudio local;

    private SipMedia(RtpPort port, IReadOnlyList<AudioCodec> codecs, IChance chance)
    {
        Port = port;
        session = SdpSession.New(chance);
        local = new LocalAudio(port.Local, codecs);
    }

    public RtpPort Port { get; }

    /// <summary>The codec spoken; None before an agreement.</summary>
    public AudioCodec Codec => Port.SendCodec;

    /// <summary>Rents a port; null when the site has none left (counted by the pool).</summary>
    public static SipMedia? Open(RtpPortPool ports, IReadOnlyList<AudioCodec> codecs, IChance chance) =>
        ports.Rent() is { } port ? new SipMedia(port, codecs, chance) : null;

    public SipBody Offer() => SipBody.Sdp(session.Offer(local));

    /// <summary>Takes the far end's answer to our offer; false when nothing was agreed.</summary>
    public bool TryAccept(SipBody answer) => Apply(session.Accept(answer.Content.Span)) is { Agreed: not null };

    /// <summary>Answers an offer, the first or a later one.</summary>
    public SdpOutcome Answer(SipBody offer) => Apply(session.Answer(offer.Content.Span, local));

    public void Dispose() => Port.Dispose();

    private SdpOutcome Apply(SdpOutcome outcome)
    {
        if (outcome.Agreed is { } agreed) Port.Apply(agreed);
        return outcome;
    }
}
