namespace Mesh.Dialplan.Calls;

/// <summary>
/// Why a leg ended, in the values of Q.850 that telephones and IAX2 share; adapters map them to SIP status codes by one table. Every value RFC 3398 knows has a name here;
/// others are carried as the number they are.
/// </summary>
public enum HangupCause : byte
{
    None = 0,
    UnallocatedNumber = 1,
    NoRouteToTransitNetwork = 2,
    NoRouteToDestination = 3,
    NormalClearing = 16,
    UserBusy = 17,
    NoUserResponding = 18,
    NoAnswer = 19,
    SubscriberAbsent = 20,
    CallRejected = 21,
    NumberChanged = 22,
    RedirectionToNewDestination = 23,
    ExchangeRoutingError = 25,
    /// <summary>Another leg of the same fork answered: SIP Reason cause=200 "Call completed elsewhere".</summary>
    AnsweredElsewhere = 26,
    DestinationOutOfOrder = 27,
    InvalidNumberFormat = 28,
    FacilityRejected = 29,
    NormalUnspecified = 31,
    CircuitCongestion = 34,
    NetworkOutOfOrder = 38,
    TemporaryFailure = 41,
    SwitchCongestion = 42,
    ResourceUnavailable = 47,
    FacilityNotSubscribed = 50,
    IncomingCallsBarredInGroup = 55,
    BearerCapabilityNotAuthorized = 57,
    BearerCapabilityNotAvailable = 58,
    ServiceNotAvailable = 63,
    BearerCapabilityNotImplemented = 65,
    OnlyRestrictedDigitalAvailable = 70,
    ServiceNotImplemented = 79,
    UserNotMemberOfGroup = 87,
    IncompatibleDestination = 88,
    InvalidMessage = 95,
    RecoveryOnTimerExpiry = 102,
    ProtocolError = 111,
    Interworking = 127,
}
