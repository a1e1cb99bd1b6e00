using Mesh.Io;
using Mesh.Media;

namespace Mesh.Host.Demo.Phones;

/// <summary>What one softphone is.</summary>
/// <param name="Account">Its SIP user; shown in ladders.</param>
/// <param name="Address">Where it binds SIP; its RTP ports are on the same host.</param>
public sealed record SoftPhoneOptions(string Account, NetAddress Address)
{
    /// <summary>Answers digest challenges; null registers nowhere and calls without (a carrier).</summary>
    public string? Secret { get; init; }

    /// <summary>What it speaks, best first.</summary>
    public IReadOnlyList<AudioCodec> Codecs { get; init; } = [AudioCodec.Pcma, AudioCodec.Pcmu];

    /// <summary>The tone it says when a call is answered.</summary>
    public double SaysHz { get; init; } = 700;

    /// <summary>The tone it listens for.</summary>
    public double HearsHz { get; init; } = 1100;

    public int FirstRtpPort { get; init; } = 30_000;

    public int LastRtpPort { get; init; } = 30_199;
}
