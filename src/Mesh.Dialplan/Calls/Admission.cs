namespace Mesh.Dialplan.Calls;

/// <summary>What the law says to an incoming call.</summary>
/// <param name="Branch">What the call may do here; null when it is refused.</param>
/// <param name="Cause">With what to refuse it.</param>
public sealed record Admission(AdmissionKind Kind, MeshBranch? Branch, HangupCause Cause)
{
    /// <summary>An aware peer's header did not hold: somebody must look at it.</summary>
    public bool IsAlarm => Kind is >= AdmissionKind.LeafNoHeader and <= AdmissionKind.LeafWrongClock;

    internal static Admission Refuse(AdmissionKind kind) => new(kind, null, kind switch
    {
        AdmissionKind.RefusedExpired => HangupCause.RecoveryOnTimerExpiry,
        AdmissionKind.RefusedFull => HangupCause.SwitchCongestion,
        _ => HangupCause.ExchangeRoutingError,
    });
}
