using static Mesh.Sip.Transactions.ServerActions;
using static Mesh.Sip.Transactions.ServerInput;
using static Mesh.Sip.Transactions.TransactionState;

namespace Mesh.Sip.Transactions;

/// <summary>The non-INVITE server transaction: RFC 3261 figure 8. A transport error leaves the state alone (RFC 6026 section 7.1).</summary>
public static class ServerNonInvite
{
    /// <summary>The next state and what to do. A pair the figure does not show changes nothing.</summary>
    public static (TransactionState State, ServerActions Actions) Step(TransactionState state, ServerInput input) => (state, input) switch
    {
        (Trying or Proceeding, SendProvisional) => (Proceeding, Send),
        (Trying or Proceeding, SendSuccess or SendFailure) => (Completed, Send | StartJ),
        (Proceeding or Completed, Request) => (state, Retransmit),
        (Completed, TimerJ) => (Terminated, Nothing),
        (Trying or Proceeding or Completed, TransportError) => (state, Failed),
        _ => (state, Nothing),
    };
}
