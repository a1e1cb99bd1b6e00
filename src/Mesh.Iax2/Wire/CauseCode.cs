namespace Mesh.Iax2.Wire;

/// <summary>Q.850 cause values, as the element CAUSECODE carries them (RFC 5456 section 8.6.33).</summary>
public enum CauseCode : byte
{
    None = 0,
    UnallocatedNumber = 1,
    NoRouteToDestination = 3,
    NormalClearing = 16,
    UserBusy = 17,
    NoUserResponding = 18,
    NoAnswer = 19,
    SubscriberAbsent = 20,
    CallRejected = 21,
    ExchangeRoutingError = 25,
    /// <summary>Another leg of the same fork answered.</summary>
    AnsweredElsewhere = 26,
    DestinationOutOfOrder = 27,
    FacilityRejected = 29,
    NormalUnspecified = 31,
    CircuitCongestion = 34,
    TemporaryFailure = 41,
    SwitchCongestion = 42,
    /// <summary>"No authority found": the answer to a failed authentication.</summary>
    FacilityNotSubscribed = 50,
    BearerCapabilityNotAvailable = 58,
    RecoveryOnTimerExpiry = 102,
    Interworking = 127,
}
