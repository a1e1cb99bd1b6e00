using Mesh.Dialplan.Calls;
using Mesh.Iax2.Wire;

namespace Mesh.Host.Legs;

/// <summary>
/// The one table between SIP status codes, Q.850 causes and IAX2, which carries Q.850 as it is: RFC 3398 sections 7.2.4.1 and 8.2.6.1, every row.
/// Ours beyond it: 25 is 482, as the mesh law has it; 102 is 408 and 18 is 480, since no gateway timer of SS7 stands behind them; 21 is 603, for it is people who refuse;
/// 26 is 480, for whoever called was answered elsewhere; 41 is 500, which no proxy takes for a dead gateway; 58 and 65 are 488; 50 is 403.
/// </summary>
public static class CauseTable
{
    /// <summary>The final status for a caller whose call ended before an answer.</summary>
    public static int ToSipStatus(HangupCause cause) => cause switch
    {
        HangupCause.UnallocatedNumber or HangupCause.NoRouteToTransitNetwork or HangupCause.NoRouteToDestination => 404,
        HangupCause.UserBusy => 486,
        HangupCause.NoUserResponding or HangupCause.NoAnswer or HangupCause.SubscriberAbsent or HangupCause.NormalUnspecified => 480,
        HangupCause.NormalClearing or HangupCause.AnsweredElsewhere or HangupCause.None => 480,
        HangupCause.CallRejected => 603,
        HangupCause.NumberChanged or HangupCause.RedirectionToNewDestination => 410,
        HangupCause.ExchangeRoutingError => 482,
        HangupCause.DestinationOutOfOrder => 502,
        HangupCause.InvalidNumberFormat => 484,
        HangupCause.FacilityRejected => 501,
        HangupCause.TemporaryFailure => 500,
        HangupCause.FacilityNotSubscribed or HangupCause.IncomingCallsBarredInGroup or HangupCause.BearerCapabilityNotAuthorized or HangupCause.UserNotMemberOfGroup => 403,
        HangupCause.BearerCapabilityNotAvailable or HangupCause.BearerCapabilityNotImplemented or HangupCause.OnlyRestrictedDigitalAvailable => 488,
        HangupCause.ServiceNotAvailable or HangupCause.ServiceNotImplemented => 501,
        HangupCause.IncompatibleDestination => 503,
        HangupCause.RecoveryOnTimerExpiry => 408,
        _ => OfClass((byte)cause),
    };

    /// <summary>The cause of a leg that a SIP peer refused with <paramref name="status"/> (300-699).</summary>
    public static HangupCause FromSipStatus(int status) => status switch
    {
        404 or 485 or 604 => HangupCause.UnallocatedNumber,
        410 => HangupCause.NumberChanged,
        486 or 600 => HangupCause.UserBusy,
        480 => HangupCause.NoUserResponding,
        487 => HangupCause.NormalClearing,
        408 or 504 => HangupCause.RecoveryOnTimerExpiry,
        401 or 402 or 403 or 407 or 603 or 607 or 608 => HangupCause.CallRejected,
        482 or 483 => HangupCause.ExchangeRoutingError,
        484 => HangupCause.InvalidNumberFormat,
        488 or 606 => HangupCause.BearerCapabilityNotAvailable,
        405 => HangupCause.ServiceNotAvailable,
        406 or 415 or 501 => HangupCause.ServiceNotImplemented,
        502 => HangupCause.NetworkOutOfOrder,
        400 or 481 or 500 or 503 => HangupCause.TemporaryFailure,
        413 or 414 or 416 or 420 or 421 or 423 or 505 or 513 => HangupCause.Interworking,
        // An unknown status is taken as the first of its hundred (RFC 3261 section 8.1.3.2).
        >= 400 and < 600 => HangupCause.TemporaryFailure,
        >= 600 and < 700 => HangupCause.UserBusy,
        _ => HangupCause.Interworking,
    };

    /// <summary>What an IAX2 peer's CAUSECODE means; absent (0) is an ordinary hang-up, and what is no cause at all (above 127) says nothing.</summary>
    public static HangupCause FromIax(CauseCode code) => code switch
    {
        CauseCode.None => HangupCause.NormalClearing,
        > CauseCode.Interworking => HangupCause.Interworking,
        _ => (HangupCause)(byte)code,
    };

    /// <summary>What we tell an IAX2 peer.</summary>
    public static CauseCode ToIax(HangupCause cause) => (CauseCode)(byte)cause;

    /// <summary>Causes without a row of their own, by the class of Q.850 they are in.</summary>
    private static int OfClass(byte cause) => cause switch
    {
        < 32 => 480,
        < 48 => 503,
        < 80 => 501,
        _ => 500,
    };
}
