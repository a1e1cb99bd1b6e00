using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>What kind of place a leg leads to: the mesh law treats each differently.</summary>
public enum LegKind : byte
{
    /// <summary>A phone registered here.</summary>
    Phone,
    /// <summary>Another site of this mesh: carries the hop header (aware, R7).</summary>
    Site,
    /// <summary>Another IAX2 system that knows no header (unaware, R9).</summary>
    Peer,
    /// <summary>A carrier: an outside call.</summary>
    Carrier,
}

/// <summary>One leg that could be made. Resolving sends nothing and costs nothing: the mesh law prices it first.</summary>
/// <param name="Technology">Which <see cref="IDialer"/> made it.</param>
/// <param name="Target">The number or account to reach, normalised: what R5 hashes.</param>
/// <param name="Peer">Site, peer or trunk name; empty for a phone.</param>
/// <param name="DeviceKey">For a phone, what identifies the device over all sites (R11): +sip.instance, else account and contact; else empty.</param>
/// <param name="Path">The dialer's own notion of where (a binding, a trunk).</param>
public sealed record LegPlan(string Technology, LegKind Kind, string Target, string Peer, string DeviceKey, object? Path)
{
    /// <summary>As the dialplan wrote it, for traces.</summary>
    public string Spelling { get; init; } = "";
}

/// <summary>What goes out with a leg.</summary>
/// <param name="MeshHop">Value of the hop header for an aware peer, else null.</param>
/// <param name="MeshRung">Value of the rung line for an aware peer, else null.</param>
public sealed record LegOrder(
    LegPlan Plan, CallerId Caller, IReadOnlyList<AudioCodec> Codecs, int MaxForwards, string? MeshHop, string? MeshRung, string OriginId);

/// <summary>Who calls, as shown to the called person.</summary>
/// <param name="Number">As received; empty when withheld or unknown.</param>
public sealed record CallerId(string Number, string Name, bool Withheld)
{
    public static readonly CallerId Unknown = new("", "", false);

    /// <summary>The number the caller dialled first, before anybody sent the call on; empty when nobody said.</summary>
    public string Dialled { get; init; } = "";

    /// <summary>The number that sent the call on last; empty when it came straight.</summary>
    public string DivertedBy { get; init; } = "";
}

/// <summary>Makes the legs of one technology. Signalling loop only.</summary>
public interface IDialer
{
    /// <summary><c>SIP</c>, <c>IAX2</c> or <c>TRUNK</c>, as in an endpoint's spelling.</summary>
    string Technology { get; }

    /// <summary>Adds the legs <paramref name="endpoint"/> stands for now (one per registered contact of a phone, say) to <paramref name="plans"/>. Adds none when it cannot be reached, with the reason in the result.</summary>
    HangupCause Resolve(Language.Endpoint endpoint, List<LegPlan> plans);

    /// <summary>Sends the leg. Failure to send is reported through <paramref name="observer"/> later, never by an exception or from within this call.</summary>
    ILeg Start(LegOrder order, ILegObserver observer);
}
