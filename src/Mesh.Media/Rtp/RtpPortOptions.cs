namespace Mesh.Media.Rtp;

/// <summary>Limits of one RTP port.</summary>
public static class RtpPortOptions
{
    /// <summary>Longest audio payload relayed, in octets: 120 ms of G.711. A longer one is discarded and counted.</summary>
    public const int MaxAudioOctets = 960;

    /// <summary>A digit lasts at least this long on the wire: shorter ones are not recognised everywhere.</summary>
    public const int MinDigitMs = 40;

    /// <summary>How long a digit lasts whose length nobody told.</summary>
    public const int DefaultDigitMs = 100;

    /// <summary>A key whose release never comes is let go after this long.</summary>
    public const int MaxDigitMs = 30_000;

    /// <summary>Digits waiting to be sent at one port; more are refused and counted.</summary>
    public const int MaxQueuedDigits = 32;

    /// <summary>A received press without a packet for this long is over.</summary>
    public const int DigitSilenceMs = 150;
}
