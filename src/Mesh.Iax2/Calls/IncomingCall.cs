using static Mesh.Iax2.Calls.IncomingCallActions;
using static Mesh.Iax2.Calls.IncomingCallInput;
using static Mesh.Iax2.Calls.IncomingCallState;

namespace Mesh.Iax2.Calls;

/// <summary>
/// A call placed to us, as a figure (RFC 5456 section 6.2). The host's verbs before their time bring what they need: ringing or answering an offered call accepts it first.
/// <code>
///  NEW -> Challenged --AUTHREP--> Offered --ACCEPT--> Linked --ANSWER--> Up
///              |                     |                   |               |
///              +--- wrong: REJECT ---+--- our REJECT, HANGUP: Ending --ACK--> Dead; theirs, INVAL, exhausted: Dead
///              |                                          ^
///              +-- number to be dialled: ACCEPT --> Collecting --DIAL--> Dialled --ringing, answer--> Linked, Up
/// </code>
/// </summary>
public static class IncomingCall
{
    public static (IncomingCallState State, IncomingCallActions Actions) Step(IncomingCallState state, IncomingCallInput input) => (state, input) switch
    {
        (Dead, _) => (Dead, Nothing),
        (Ending, HungUp or Invalidated or Exhausted or Settled) => (Dead, Destroy),
        (Ending, _) => (Ending, Nothing),

        (Challenged, Authenticated) => (Offered, Offer),
        (Challenged, AuthenticatedToDial) => (Collecting, SendAccept),
        (Challenged, Refused) => (Ending, SendReject),
        (Challenged, HungUp or Invalidated or Exhausted or Late) => (Dead, Destroy),
        (Challenged, HostEnds) => (Ending, SendReject),
        (Challenged, _) => (Challenged, Nothing),

        (Collecting, Dials) => (Dialled, Offer),
        (Collecting, HungUp or Invalidated or Exhausted) => (Dead, Destroy),
        (Collecting, Late or PutDown or HostEnds) => (Ending, SendHangup),
        (Collecting, _) => (Collecting, Nothing),

        (_, HungUp or Invalidated or Exhausted) => (Dead, TellEnded | Destroy),
        (Dialled or Linked or Up, PutDown) => (Ending, TellEnded | SendHangup),
        (Offered or Dialled, HostEnds) => (Ending, SendReject),
        (_, HostEnds) => (Ending, SendHangup),
        (Up, Departed) => (Dead, Destroy),

        (Offered, HostAccepts) => (Linked, SendAccept),
        (Offered, HostProceeds) => (Linked, SendAccept | SendProceeding),
        (Offered, HostRings) => (Linked, SendAccept | SendRinging),
        (Offered, HostProgresses) => (Linked, SendAccept | SendProgress),
        (Offered, HostAnswers) => (Up, SendAccept | SendAnswer),
        (Offered, HostBusy) => (Linked, SendAccept | SendBusy),
        (Offered, HostCongestion) => (Linked, SendAccept | SendCongestion),

        // The caller learns that its number is one by the first word of progress.
        (Dialled, HostAccepts or HostProgresses) => (Linked, SendProgress),
        (Dialled, HostProceeds) => (Linked, SendProceeding),
        (Dialled, HostRings) => (Linked, SendRinging),
        (Dialled, HostAnswers) => (Up, SendAnswer),
        (Dialled, HostBusy) => (Linked, SendBusy),
        (Dialled, HostCongestion) => (Linked, SendCongestion),

        (Linked, HostProceeds) => (Linked, SendProceeding),
        (Linked, HostRings) => (Linked, SendRinging),
        (Linked, HostProgresses) => (Linked, SendProgress),
        (Linked, HostAnswers) => (Up, SendAnswer),
        (Linked, HostBusy) => (Linked, SendBusy),
        (Linked, HostCongestion) => (Linked, SendCongestion),

        _ => (state, Nothing),
    };
}
