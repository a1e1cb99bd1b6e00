using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>How the branches of a fork ended: the best of them is how the dial ended.</summary>
internal sealed class DialTally
{
    private DialStatus best = DialStatus.Unreachable;
    private HangupCause cause = HangupCause.NormalUnspecified;

    public DialResult Result => new(best, cause);

    /// <summary>Adds the end of a leg. A quiet one had nothing left to ring: it says nothing about the person.</summary>
    public void Add(HangupCause ended, bool rang, bool quiet)
    {
        if (quiet) return;
        var status = StatusOf(ended, rang);
        bool isFirstWord = best == DialStatus.Unreachable && cause == HangupCause.NormalUnspecified;
        if (status >= best && !isFirstWord) return;
        best = status;
        cause = status == DialStatus.NoAnswer ? HangupCause.NoAnswer : ended;
    }

    /// <summary>What a cause means to the caller; one that says nothing of a person depends on whether it rang.</summary>
    public static DialStatus StatusOf(HangupCause cause, bool rang) => cause switch
    {
        HangupCause.UserBusy => DialStatus.Busy,
        HangupCause.NoAnswer or HangupCause.AnsweredElsewhere => DialStatus.NoAnswer,
        HangupCause.CallRejected => DialStatus.Rejected,
        HangupCause.NormalClearing => rang ? DialStatus.NoAnswer : DialStatus.Rejected,
        _ => rang ? DialStatus.NoAnswer : DialStatus.Unreachable,
    };

    /// <summary>Causes that speak of the path and not of the person: another path may do better (R11).</summary>
    public static bool IsDeadPath(HangupCause cause) => cause
        is HangupCause.UnallocatedNumber or HangupCause.NoRouteToTransitNetwork or HangupCause.NoRouteToDestination or HangupCause.NoUserResponding
        or HangupCause.SubscriberAbsent or HangupCause.NumberChanged or HangupCause.ResourceUnavailable or HangupCause.DestinationOutOfOrder
        or HangupCause.ExchangeRoutingError or HangupCause.CircuitCongestion or HangupCause.NetworkOutOfOrder or HangupCause.TemporaryFailure
        or HangupCause.SwitchCongestion or HangupCause.RecoveryOnTimerExpiry;
}
