namespace Mesh.Dialplan.Calls;

/// <summary>What the law needs to know of an incoming call.</summary>
/// <param name="From">The account, trunk, site or peer it came from: for a site the name its link authenticated as, never one it merely claims.</param>
/// <param name="Called">The number, as received.</param>
/// <param name="MeshHops">Every hop header found; an edge's are not read (R1).</param>
/// <param name="MaxForwards">SIP Max-Forwards as received (RFC 7332).</param>
/// <param name="DeviceKey">The calling phone's own device, so that it is not rung by its own call; else empty.</param>
public readonly record struct MeshArrival(
    CallEntry Entry, string From, string Called, IReadOnlyList<string> MeshHops, string? MeshRung, int MaxForwards, string DeviceKey = "")
{
    public static MeshArrival Of(IncomingCall call) =>
        new(call.Entry, call.From, call.Called, call.MeshHops, call.MeshRung, call.MaxForwards, call.DeviceKey);
}
