namespace Mesh.Dialplan.Calls;

/// <summary>Why a leg ended, in the values of Q.850 that telephones and IAX2 share; adapters map them to SIP status codes by one table.</summary>
public enum HangupCause : byte
{
    None = 0,
    UnallocatedNumber = 1,
    NoRouteToDestination = 3,
    NormalClearing = 16,
    UserBusy = 17,
    NoUserResponding = 18,
    NoAnswer = 19,
    CallRejected = 21,
    /// <summary>Another leg of the same fork answered: SIP Reason cause=200 "Call completed elsewhere".</summary>
    AnsweredElsewhere = 26,
    ExchangeRoutingError = 25,
    DestinationOutOfOrder = 27,
    InvalidNumberFormat = 28,
    FacilityRejected = 29,
    NormalUnspecified = 31,
    CircuitCongestion = 34,
    NetworkOutOfOrder = 38,
    TemporaryFailure = 41,
    SwitchCongestion = 42,
    BearerCapabilityNotAvailable = 58,
    RecoveryOnTimerExpiry = 102,
    Interworking = 127,
}
