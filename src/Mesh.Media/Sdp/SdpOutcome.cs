namespace Mesh.Media.Sdp;

/// <summary>Why an offer or answer led to no audio. All but <see cref="Unreadable"/> (400) are a 488 to an offer.</summary>
public enum SdpRefusal
{
    None,
    /// <summary>The body is no session description.</summary>
    Unreadable,
    /// <summary>It has no audio line over RTP that is in use.</summary>
    NoAudio,
    /// <summary>Its audio lines have no codec of ours.</summary>
    NoCommonCodec,
    /// <summary>Its address is not an IP address.</summary>
    NoAddress,
}

/// <summary>What came of an exchange: an agreement, with the answer to send if there is one to send, or a refusal.</summary>
/// <param name="Agreed">Null when refused.</param>
/// <param name="Answer">The body of our answer; null when we took the far end's answer, or refused.</param>
/// <param name="Detail">For a log: what was wrong.</param>
public sealed record SdpOutcome(AudioNegotiation? Agreed, byte[]? Answer, SdpRefusal Refusal, string Detail = "")
{
    internal static SdpOutcome Refused(SdpRefusal why, string detail) => new(null, null, why, detail);
}
