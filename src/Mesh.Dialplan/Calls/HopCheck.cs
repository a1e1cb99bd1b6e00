namespace Mesh.Dialplan.Calls;

/// <summary>A header that is believed: who sent it, and which devices it lists.</summary>
internal readonly record struct CheckedHop(MeshHop Hop, string Sender, IReadOnlyList<string> Rung);

/// <summary>R2: may an aware peer's header be believed? And is it of this server's time: one issued before it started is not, for what had been spent then is forgotten.</summary>
internal sealed class HopCheck(MeshLawOptions options, MeshSites sites, MeshNow started)
{
    /// <summary>A leg id's own grain: a header issued in the sixteenth of a second in which the server started counts as later.</summary>
    private readonly long startedUnixMs = MeshIds.ToGrain(started.Utc);

    public AdmissionKind Read(in MeshArrival call, MeshKeyRing keys, MeshNow now, out CheckedHop? read)
    {
        read = null;
        if (call.MeshHops.Count == 0) return AdmissionKind.LeafNoHeader;
        if (call.MeshHops.Count > 1) return AdmissionKind.LeafSeveralHeaders;
        var fault = MeshHop.TryParse(call.MeshHops[0], out var hop);
        if (hop is null) return KindOf(fault);
        if (!MeshRung.TryParse(call.MeshRung, out var rung)) return AdmissionKind.LeafMalformed;
        if (sites.IdOf(call.From) is not { } sender || sender == sites.HereId) return AdmissionKind.LeafUnknownSite;
        if (!keys.Holds(hop.KeyId)) return AdmissionKind.LeafUnknownKey;
        if (!keys.Verify(hop, sender, sites.HereId, call.Called, call.MeshRung)) return AdmissionKind.LeafWrongMac;

        long issued = MeshIds.IssuedUnixMs(hop.Leg), age = now.Utc.ToUnixTimeMilliseconds() - issued;
        if (age > options.SetupMs + options.ClockSlackMs || age < -options.ClockSlackMs) return AdmissionKind.LeafWrongClock;
        if (issued < startedUnixMs) return AdmissionKind.RefusedOlderThanUptime;
        read = new CheckedHop(hop, sender, rung);
        return AdmissionKind.Aware;
    }

    private static AdmissionKind KindOf(HopFault fault) => fault switch
    {
        HopFault.TooLong => AdmissionKind.LeafTooLong,
        HopFault.UnknownVersion => AdmissionKind.LeafUnknownVersion,
        _ => AdmissionKind.LeafMalformed,
    };
}
