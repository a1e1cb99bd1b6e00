using Mesh.Dialplan.Calls;

namespace Mesh.Host.Legs;

/// <summary>
/// The one table between SIP status codes and Q.850 causes (which IAX2 carries as they are): RFC 3398 sections 7.2.4.1 and 8.2.6.1.
/// Ours beyond it: 25 is 482, as the mesh law has it; 102 is 408 and 18 is 480, since no gateway timer of SS7 stands behind them; 58 is 488.
/// </summary>
public static class CauseTable
{
    /// <summary>The final status for a caller whose call ended before an answer.</summary>
    public static int ToSipStatus(HangupCause cause) => cause switch
    {
        HangupCause.UnallocatedNumber or HangupCause.NoRouteToDestination => 404,
        HangupCause.UserBusy => 486,
        HangupCause.NoUserResponding or HangupCause.NoAnswer or HangupCause.NormalUnspecified or HangupCause.NormalClearing or HangupCause.AnsweredElsewhere or HangupCause.None => 480,
        HangupCause.CallRejected => 603,
        HangupCause.ExchangeRoutingError => 482,
        HangupCause.DestinationOutOfOrder => 502,
        HangupCause.InvalidNumberFormat => 484,
        HangupCause.FacilityRejected => 501,
        HangupCause.BearerCapabilityNotAvailable => 488,
        HangupCause.CircuitCongestion or HangupCause.NetworkOutOfOrder or HangupCause.SwitchCongestion => 503,
        HangupCause.TemporaryFailure or HangupCause.Interworking => 500,
        HangupCause.RecoveryOnTimerExpiry => 408,
        _ => 500,
    };

    /// <summary>The cause of a leg that a SIP peer refused with <paramref name="status"/> (300-699).</summary>
    public static HangupCause FromSipStatus(int status) => status switch
    {
        404 or 485 or 604 or 410 => HangupCause.UnallocatedNumber,
        486 or 600 => HangupCause.UserBusy,
        480 => HangupCause.NoUserResponding,
        487 => HangupCause.NormalClearing,
        408 or 504 => HangupCause.RecoveryOnTimerExpiry,
        401 or 402 or 403 or 407 or 603 => HangupCause.CallRejected,
        482 or 483 => HangupCause.ExchangeRoutingError,
        484 => HangupCause.InvalidNumberFormat,
        488 or 606 or 415 or 406 => HangupCause.BearerCapabilityNotAvailable,
        501 or 405 => HangupCause.FacilityRejected,
        502 => HangupCause.NetworkOutOfOrder,
        400 or 481 or 500 or 503 => HangupCause.TemporaryFailure,
        _ => HangupCause.Interworking,
    };

    /// <summary>What an IAX2 peer's CAUSECODE means; absent (0) is an ordinary hang-up.</summary>
    public static HangupCause FromQ850(byte code) => code == 0 ? HangupCause.NormalClearing
        : code == 20 ? HangupCause.NoUserResponding
        : Enum.IsDefined((HangupCause)code) ? (HangupCause)code : HangupCause.Interworking;
}
