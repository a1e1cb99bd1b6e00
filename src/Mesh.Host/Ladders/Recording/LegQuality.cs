using Mesh.Host.Legs;
using Mesh.Media;
using Mesh.Media.Rtp;

namespace Mesh.Host.Ladders.Recording;

/// <summary>The voice of one leg as this site heard it.</summary>
/// <param name="Codec">Spoken to the far end.</param>
/// <param name="Lost">Packets that never came.</param>
/// <param name="Late">Packets that came twice, or too late to be of use.</param>
/// <param name="JitterMs">Smoothed, RFC 3550 section 6.4.1.</param>
/// <param name="RoundTripMs">Null while unknown.</param>
/// <param name="FarLost">Packets of ours the far end says it misses (RTCP); null when it said nothing.</param>
/// <param name="FarJitterMs">Jitter there, as it says.</param>
public sealed record LegQuality(string Codec, long Received, long Lost, long Late, double JitterMs, long Sent, double? RoundTripMs, long? FarLost, double? FarJitterMs)
{
    /// <summary>Of a leg of ours; null while it has no voice, or never had. On the signalling loop; media loops go on counting meanwhile.</summary>
    public static LegQuality? Of(object leg) => leg switch
    {
        SipLeg sip => Of(sip.Media.Port),
        SipCaller sip => Of(sip.Media.Port),
        IaxLeg { Audio: IaxVoicePort port } => Of(port),
        IaxCaller { Audio: IaxVoicePort port } => Of(port),
        _ => null,
    };

    private static LegQuality? Of(RtpPort port)
    {
        var counters = port.Counters;
        if (counters.PacketsReceived == 0 && counters.PacketsSent == 0) return null;
        var far = port.RemoteReception;
        return new LegQuality(Name(port.SendCodec), counters.PacketsReceived, port.Lost, counters.Late, counters.JitterMicros / 1000.0, counters.PacketsSent,
            far?.RoundTripMicros / 1000.0, far?.Lost, far?.JitterMicros / 1000.0);
    }

    private static LegQuality? Of(IaxVoicePort port)
    {
        var (counters, call) = (port.Counters, port.Call);
        if (counters.PacketsReceived == 0 && counters.PacketsSent == 0) return null;
        var report = call.Report;
        return new LegQuality(Name(port.SendCodec), report.Packets, report.Lost, report.Duplicates, report.JitterMs, counters.PacketsSent, call.RoundTripMs < 0 ? null : call.RoundTripMs, null, null);
    }

    private static string Name(AudioCodec codec) => codec.ToString().ToUpperInvariant();
}
