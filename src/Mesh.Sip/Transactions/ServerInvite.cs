using static Mesh.Sip.Transactions.ServerActions;
using static Mesh.Sip.Transactions.ServerInput;
using static Mesh.Sip.Transactions.TransactionState;

namespace Mesh.Sip.Transactions;

/// <summary>The INVITE server transaction: RFC 3261 figure 7 as corrected by RFC 6026 figure 2. A transport error leaves the state alone (RFC 6026 section 7.1).</summary>
public static class ServerInvite
{
    /// <summary>The next state and what to do. A pair the figure does not show changes nothing.</summary>
    public static (TransactionState State, ServerActions Actions) Step(TransactionState state, ServerInput input) => (state, input) switch
    {
        (Proceeding, Request) => (Proceeding, Retransmit),
        (Proceeding, SendProvisional) => (Proceeding, Send),
        (Proceeding, SendSuccess) => (Accepted, Send | StartL),
        (Proceeding, SendFailure) => (Completed, Send | StartGH),

        (Completed, Request) => (Completed, Retransmit),
        (Completed, TimerG) => (Completed, Retransmit | BackOffG),
        (Completed, Ack) => (Confirmed, StopTimers | StartI),
        (Completed, TimerH) => (Terminated, StopTimers | TimedOut),

        (Confirmed, TimerI) => (Terminated, Nothing),

        // The user retransmits its 2xx itself (13.3.1.4); a repeated INVITE is absorbed here.
        (Accepted, SendSuccess) => (Accepted, Send),
        (Accepted, Ack) => (Accepted, PassUp),
        (Accepted, TimerL) => (Terminated, Nothing),

        (Proceeding or Completed or Accepted, TransportError) => (state, Failed),

        _ => (state, Nothing),
    };
}
