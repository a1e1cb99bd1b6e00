using static Mesh.Iax2.Calls.OutgoingCallActions;
using static Mesh.Iax2.Calls.OutgoingCallInput;
using static Mesh.Iax2.Calls.OutgoingCallState;

namespace Mesh.Iax2.Calls;

/// <summary>
/// A call we placed, as a figure (RFC 5456 section 6.2). What is not listed changes nothing: progress before ACCEPT, a second ACCEPT or ANSWER, anything after the end.
/// <code>
///  NEW ->  Waiting --AUTHREQ--> Authenticating --ACCEPT--> Linked --ANSWER--> Up
///             |  \--------------ACCEPT------------------/    |               |
///             +---- REJECT, HANGUP, INVAL, exhausted: Dead; our HANGUP: Ending --ACK--> Dead
/// </code>
/// </summary>
public static class OutgoingCall
{
    public static (OutgoingCallState State, OutgoingCallActions Actions) Step(OutgoingCallState state, OutgoingCallInput input) => (state, input) switch
    {
        (Dead, _) => (Dead, Nothing),
        (Ending, HungUp or Invalidated or Exhausted or Settled) => (Dead, Destroy),
        (Ending, _) => (Ending, Nothing),
        (_, HungUp or Invalidated or Exhausted) => (Dead, TellEnded | Destroy),
        (_, HostEnds) => (Ending, SendHangup),
        (Up, Departed) => (Dead, Destroy),

        (Waiting, TokenDemanded) => (Waiting, ResendWithToken),
        (Waiting, Challenged) => (Authenticating, SendAuthRep),
        (Waiting or Authenticating, ChallengedInVain) => (Ending, TellEnded | SendHangup),
        (Waiting or Authenticating, Accepted) => (Linked, TellAccepted),
        (Waiting or Authenticating, AcceptedUnusable) => (Ending, TellEnded | SendReject),

        (Linked, Proceeding) => (Linked, TellProceeding),
        (Linked, Ringing) => (Linked, TellRinging),
        (Linked, Progress) => (Linked, TellProgress),
        (Linked, Answered) => (Up, TellAnswered),
        (Linked or Up, PutDown) => (Ending, TellEnded | SendHangup),
        (Linked, Busy) => (Ending, TellEnded | SendHangup),

        _ => (state, Nothing),
    };
}
