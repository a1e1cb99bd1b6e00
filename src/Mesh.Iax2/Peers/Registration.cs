using static Mesh.Iax2.Peers.RegistrationActions;
using static Mesh.Iax2.Peers.RegistrationInput;
using static Mesh.Iax2.Peers.RegistrationState;

namespace Mesh.Iax2.Peers;

/// <summary>
/// A registration of ours, as a figure (RFC 5456 section 6.1.1). Each refresh is an exchange of its own.
/// <code>
/// Unregistered --due: REGREQ--> Requested --REGAUTH: REGREQ--> Answered --REGACK--> Registered --5/6 of the period: REGREQ--> Requested
///                                   +------- REGREJ: Rejected, nothing: TimedOut; both try again later -------+
/// </code>
/// </summary>
public static class Registration
{
    public static (RegistrationState State, RegistrationActions Actions) Step(RegistrationState state, RegistrationInput input) => (state, input) switch
    {
        (Releasing, Due) => (Releasing, Nothing),
        (Releasing, TokenDemanded) => (Releasing, ResendWithToken),
        (Releasing, Challenged) => (Releasing, SendAnswer),
        (Releasing, HostStops) => (Releasing, Nothing),
        (Releasing, _) => (Unregistered, Close | StopTimers | Tell),

        (Registered, HostStops) => (Releasing, SendRelease | StopTimers),
        (_, HostStops) => (Unregistered, Close | StopTimers | Tell),

        (Requested or Answered, Due) => (state, Nothing),
        (_, Due) => (Requested, SendRequest),

        (Requested, TokenDemanded) => (Requested, ResendWithToken),
        (Requested, Challenged) => (Answered, SendAnswer),
        (Requested or Answered, Granted) => (Registered, Close | ArmRefresh | Tell),
        (Requested or Answered, Refused or ChallengedInVain) => (Rejected, Close | ArmRefusedRetry | Tell),
        (Requested or Answered, Exhausted) => (TimedOut, Close | ArmRetry | Tell),

        _ => (state, Nothing),
    };
}
