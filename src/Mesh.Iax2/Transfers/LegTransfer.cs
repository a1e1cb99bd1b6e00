using static Mesh.Iax2.Transfers.LegTransferActions;
using static Mesh.Iax2.Transfers.LegTransferInput;
using static Mesh.Iax2.Transfers.LegTransferState;

namespace Mesh.Iax2.Transfers;

/// <summary>
/// One end of a call whose middle wants to leave, as a figure (RFC 5456 section 6.5). Whatever goes wrong before the switch leaves the call as it was. What is not listed changes nothing.
/// <code>
///  Idle --TXREQ/TXCNT--> Connecting --TXACC/TXREADY--> Ready --TXREL, or the other end speaks--> Idle, on the new path
///    \--TXREQ amiss/TXREJ      \-- exhausted/TXREJ, TXREJ, the end --/-----------------------> Idle, on the old path
/// </code>
/// </summary>
public static class LegTransfer
{
    public static (LegTransferState State, LegTransferActions Actions) Step(LegTransferState state, LegTransferInput input) => (state, input) switch
    {
        (Idle, Asked) => (Connecting, SendConnect),
        (Idle, AskedAmiss) => (Idle, SendReject),
        // The middle asks again although we have not answered: it has lost count.
        (_, Asked or AskedAmiss) => (Idle, SendReject | Forget),

        (Connecting or Ready, Contacted) => (state, SendAccept),
        (Connecting, Accepted) => (Ready, SendReady),
        (Connecting, AcceptedTooSlow) => (Idle, SendReject | Forget),
        (Connecting or Ready, Late) => (Idle, SendReject | Forget),

        (Ready, Released or Spoken) => (Idle, Switch),

        (Connecting or Ready, Rejected or Ended) => (Idle, Forget),

        _ => (state, Nothing),
    };
}
