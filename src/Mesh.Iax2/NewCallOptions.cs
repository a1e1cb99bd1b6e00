using Mesh.Iax2.Wire;

namespace Mesh.Iax2;

/// <summary>What a NEW says of a call.</summary>
public sealed record NewCallOptions
{
    /// <summary>The CALLED_NUMBER of a call whose digits come later, by DIAL (RFC 5456 section 6.2).</summary>
    public const string ToBeDialled = "TBD";

    public required string CalledNumber { get; init; }

    public string? CalledContext { get; init; }

    public string? CallingNumber { get; init; }

    public string? CallingName { get; init; }

    /// <summary>0x00-0x03 shown, 0x20-0x23 withheld, 0x43 not available.</summary>
    public byte CallingPresentation { get; init; }

    /// <summary>Type and plan of <see cref="CallingNumber"/>, the octet of Q.931 section 4.5.10; 0 is unknown.</summary>
    public byte CallingTypeOfNumber { get; init; }

    public ushort CallingTransitNetwork { get; init; }

    public string? CallingAni { get; init; }

    /// <summary>What kind of line calls; not said when null.</summary>
    public uint? CallingAni2 { get; init; }

    /// <summary>The number dialled first.</summary>
    public string? Dnid { get; init; }

    /// <summary>The number that diverted the call here.</summary>
    public string? Rdnis { get; init; }

    public string? Language { get; init; }

    /// <summary>Formats offered, best first; empty takes the peer's list.</summary>
    public IReadOnlyList<VoiceFormat> Formats { get; init; } = [];

    /// <summary>Carried in clear text beside the call. All elements together hold 970 octets.</summary>
    public IReadOnlyList<IaxVariable> Variables { get; init; } = [];
}
