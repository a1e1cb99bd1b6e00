using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Transfers;

/// <summary>The frames of a transfer that come from a call's own peer, and whose they are: the end's or the middle's (RFC 5456 section 6.5).</summary>
internal static class TransferFrames
{
    public static void Take(IaxCall call, IaxEndpoint endpoint, in FullFrame frame, Elements elements)
    {
        switch (frame.Command)
        {
            case IaxCommand.TxReq: TransferLeg.OnRequest(call, endpoint, elements); break;
            case IaxCommand.TxRel:
                // Before the switch: afterwards the middle would not know us any more.
                call.AcknowledgeNow(frame);
                call.Transfer?.OnRelease(elements);
                break;
            case IaxCommand.TxReady: call.Leaving?.OnReady(call, elements); break;
            case IaxCommand.TxRej:
                call.Transfer?.OnReject();
                call.Leaving?.OnReject(call);
                break;
            default: endpoint.Counters.Drop(DropReason.TransferUnasked); break;
        }
    }

    /// <summary>The call is about to end, or (<paramref name="isGone"/>) has ended: whoever wants to leave it, or to follow, wants no longer.</summary>
    public static void OnEnded(IaxCall call, CauseCode cause, bool isGone)
    {
        call.Transfer?.OnEnded(isGone);
        call.Leaving?.OnEnded(call, cause);
    }
}
