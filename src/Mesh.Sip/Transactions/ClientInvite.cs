using static Mesh.Sip.Transactions.ClientActions;
using static Mesh.Sip.Transactions.ClientInput;
using static Mesh.Sip.Transactions.TransactionState;

namespace Mesh.Sip.Transactions;

/// <summary>The INVITE client transaction: RFC 3261 figure 5 as corrected by RFC 6026 figure 1.</summary>
public static class ClientInvite
{
    /// <summary>The next state and what to do. A pair the figure does not show changes nothing.</summary>
    public static (TransactionState State, ClientActions Actions) Step(TransactionState state, ClientInput input) => (state, input) switch
    {
        (Calling, TimerA) => (Calling, Retransmit),
        (Calling, TimerB) => (Terminated, TimedOut),
        (Calling, TransportError) => (Terminated, Failed),
        (Calling, Provisional) => (Proceeding, StopTimers | PassUp),
        (Calling, Success) => (Accepted, StopTimers | StartM | PassUp),
        (Calling, Failure) => (Completed, StopTimers | Ack | StartD | PassUp),

        (Proceeding, Provisional) => (Proceeding, PassUp),
        (Proceeding, Success) => (Accepted, StartM | PassUp),
        (Proceeding, Failure) => (Completed, Ack | StartD | PassUp),

        (Completed, Failure) => (Completed, Ack),
        // A forking proxy may send a 2xx after its 6xx (16.7 step 5): the user must hear of it to end that call.
        (Completed, Success) => (Completed, PassUp),
        (Completed, TransportError) => (Terminated, Failed),
        (Completed, TimerD) => (Terminated, Nothing),

        (Accepted, Success) => (Accepted, PassUp),
        (Accepted, TimerM) => (Terminated, Nothing),

        _ => (state, Nothing),
    };
}
