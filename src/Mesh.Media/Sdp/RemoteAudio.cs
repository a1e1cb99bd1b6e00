using System.Globalization;
using Mesh.Io;

namespace Mesh.Media.Sdp;

/// <summary>What the far end's description says about one of its audio lines.</summary>
internal readonly struct RemoteAudio(SessionDescription description, SdpMedia line)
{
    public RtpMap Map { get; } = new(line);

    /// <summary>True for audio over plain RTP that is in use; SRTP (RTP/SAVP) is refused until it can be spoken, AVPF's feedback is optional for us.</summary>
    public static bool IsUsable(SdpMedia line) => line.Port != 0 && line.Media == "audio" && line.Protocol is "RTP/AVP" or "RTP/AVPF";

    /// <summary>The far end's directions; an unspecified address is hold in the older way (RFC 3264 section 8.4): it sends but wants nothing.</summary>
    public AudioDirection Direction
    {
        get
        {
            var said = description.DirectionOf(line);
            return description.ConnectionOf(line).IsUnspecified ? said & AudioDirection.SendOnly : said;
        }
    }

    public int PtimeMs => int.TryParse(line.Value("ptime"), NumberStyles.None, CultureInfo.InvariantCulture, out int ms) && ms is >= 10 and <= 120 ? ms : AudioCodecs.FrameMs;

    /// <summary>Where it wants RTP; none when held by 0.0.0.0. False when the address cannot be used.</summary>
    public bool TryAddress(out NetAddress address)
    {
        address = default;
        var connection = description.ConnectionOf(line);
        return connection.IsUnspecified || connection.TryAddress(line.Port, out address);
    }

    /// <summary>Where it wants RTCP: a=rtcp (RFC 3605), port and perhaps an address, else the port after RTP's.</summary>
    public NetAddress Rtcp(NetAddress rtp)
    {
        if (rtp.IsNone) return default;
        var fields = line.Value("rtcp")?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (fields.Length == 0 || !ushort.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out ushort port))
            return rtp.Port == ushort.MaxValue ? default : rtp.WithPort((ushort)(rtp.Port + 1));
        bool elsewhere = fields.Length == 4 && new SdpConnection(fields[1], fields[2], fields[3]).TryAddress(port, out _);
        if (!elsewhere) return rtp.WithPort(port);
        new SdpConnection(fields[1], fields[2], fields[3]).TryAddress(port, out var address);
        return address;
    }
}
