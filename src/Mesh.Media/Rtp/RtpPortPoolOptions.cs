using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>The range of RTP ports of a site and how they are kept.</summary>
public sealed record RtpPortPoolOptions
{
    /// <summary>First port of the range; an odd one is rounded up.</summary>
    public int FirstPort { get; init; } = 20_000;

    /// <summary>Last port of the range, inclusive.</summary>
    public int LastPort { get; init; } = 29_999;

    /// <summary>Pairs kept bound and free ahead of need; more are bound, away from the signalling loop, when fewer than half of these are left.</summary>
    public int Ready { get; init; } = 256;

    /// <summary>Rests a returned pair before it is rented again, so that the last packets of one call do not meet the next.</summary>
    public int QuarantineMs { get; init; } = 3000;

    /// <summary>With nothing else left, a pair that rested this long is taken; counted.</summary>
    public int MinQuarantineMs { get; init; } = 250;

    /// <summary>Binds the odd port for RTCP too.</summary>
    public bool WithRtcp { get; init; } = true;

    /// <summary>Limits of each port.</summary>
    public RtpPortOptions Port { get; init; } = RtpPortOptions.Default;

    internal DatagramSocketOptions RtcpSocket { get; } = DatagramSocketOptions.Media with { ReceiveBufferBytes = 16 << 10, SendBufferBytes = 16 << 10 };
}
