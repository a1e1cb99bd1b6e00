using static Mesh.Sip.Transactions.ClientActions;
using static Mesh.Sip.Transactions.ClientInput;
using static Mesh.Sip.Transactions.TransactionState;

namespace Mesh.Sip.Transactions;

/// <summary>The non-INVITE client transaction: RFC 3261 figure 6.</summary>
public static class ClientNonInvite
{
    /// <summary>The next state and what to do. A pair the figure does not show changes nothing.</summary>
    public static (TransactionState State, ClientActions Actions) Step(TransactionState state, ClientInput input) => (state, input) switch
    {
        (Trying, TimerE) => (Trying, Retransmit),
        (Proceeding, TimerE) => (Proceeding, RetransmitSlowly),
        (Trying or Proceeding, TimerF) => (Terminated, StopTimers | TimedOut),
        (Trying or Proceeding, TransportError) => (Terminated, StopTimers | Failed),
        (Trying or Proceeding, Provisional) => (Proceeding, PassUp),
        (Trying or Proceeding, Success or Failure) => (Completed, StopTimers | StartK | PassUp),

        (Completed, TimerK) => (Terminated, Nothing),

        _ => (state, Nothing),
    };
}
