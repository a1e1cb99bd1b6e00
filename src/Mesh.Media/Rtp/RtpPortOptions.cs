namespace Mesh.Media.Rtp;

/// <summary>Limits of one RTP port.</summary>
public sealed record RtpPortOptions
{
    public static readonly RtpPortOptions Default = new();

    /// <summary>Longest audio payload relayed, in octets: 120 ms of G.711. A longer one is discarded and counted.</summary>
    public int MaxAudioOctets { get; init; } = 960;

    /// <summary>A digit lasts at least this long on the wire: shorter ones are not recognised everywhere.</summary>
    public int MinDigitMs { get; init; } = 40;

    /// <summary>How long a digit lasts whose length nobody told.</summary>
    public int DefaultDigitMs { get; init; } = 100;

    /// <summary>A key whose release never comes is let go after this long.</summary>
    public int MaxDigitMs { get; init; } = 30_000;

    /// <summary>Digits waiting to be sent at one port; more are refused and counted.</summary>
    public int MaxQueuedDigits { get; init; } = 32;

    /// <summary>A received press without a packet for this long is over.</summary>
    public int DigitSilenceMs { get; init; } = 150;
}
