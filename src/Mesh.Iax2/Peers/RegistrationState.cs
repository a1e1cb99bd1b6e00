namespace Mesh.Iax2.Peers;

/// <summary>Where a registration of ours stands (RFC 5456 section 6.1.1).</summary>
public enum RegistrationState
{
    Unregistered,
    /// <summary>REGREQ is out.</summary>
    Requested,
    /// <summary>REGREQ with the answer to the challenge is out.</summary>
    Answered,
    Registered,
    Rejected,
    /// <summary>The server does not answer.</summary>
    TimedOut,
    /// <summary>REGREL is out.</summary>
    Releasing,
}

public enum RegistrationInput
{
    Due,
    TokenDemanded,
    Challenged,
    ChallengedInVain,
    Granted,
    Refused,
    Exhausted,
    HostStops,
}

[Flags]
public enum RegistrationActions
{
    Nothing = 0,
    SendRequest = 1 << 0,
    SendRelease = 1 << 1,
    ResendWithToken = 1 << 2,
    SendAnswer = 1 << 3,
    /// <summary>The exchange is over: give its number back.</summary>
    Close = 1 << 4,
    ArmRefresh = 1 << 5,
    ArmRetry = 1 << 6,
    ArmRefusedRetry = 1 << 7,
    StopTimers = 1 << 8,
    Tell = 1 << 9,
}
