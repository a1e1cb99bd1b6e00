using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using static Mesh.Iax2.Transfers.BridgeTransferActions;

namespace Mesh.Iax2.Transfers;

/// <summary>The middle of a call that wants to leave it: the shell of <see cref="BridgeTransfer"/> (RFC 5456 section 6.5). Between two of our own sites only.</summary>
internal sealed class TransferBridge : IDeadlineOwner
{
    private readonly IaxEndpoint endpoint;
    private readonly IaxCall first, second;
    private readonly Action<bool> done;
    private readonly Deadline late;
    private BridgeTransferState state;

    private TransferBridge(IaxEndpoint endpoint, IaxCall first, IaxCall second, Action<bool> done)
    {
        (this.endpoint, this.first, this.second, this.done) = (endpoint, first, second, done);
        late = new Deadline(this);
    }

    /// <summary>Asks both ends, when both can be asked.</summary>
    public static bool TryStart(IaxEndpoint endpoint, IaxCall first, IaxCall second, Action<bool> done)
    {
        if (!endpoint.Options.Transfer.IsAllowed || !CanBeAsked(first) || !CanBeAsked(second) || ReferenceEquals(first.Peer, second.Peer)) return false;
        // With different formats we translate between them.
        if (first.Format != second.Format) return false;
        var bridge = new TransferBridge(endpoint, first, second, done);
        first.Leaving = second.Leaving = bridge;
        bridge.Ask();
        return true;
    }

    public void OnReady(IaxCall end, Elements elements)
    {
        if (elements.CallNumber != end.RemoteNumber) { endpoint.Counters.Drop(DropReason.TransferRefused); return; }
        Step(IsFirst(end) ? BridgeTransferInput.FirstIsReady : BridgeTransferInput.SecondIsReady);
    }

    public void OnReject(IaxCall end) => Step(IsFirst(end) ? BridgeTransferInput.FirstRejects : BridgeTransferInput.SecondRejects);

    /// <summary>Everything sent to that end was acknowledged, TXREL too if it was sent.</summary>
    public void OnSettled(IaxCall end) => Step(IsFirst(end) ? BridgeTransferInput.FirstSettled : BridgeTransferInput.SecondSettled);

    public void OnEnded(IaxCall end, CauseCode cause) => Step(IsFirst(end) ? BridgeTransferInput.FirstEnded : BridgeTransferInput.SecondEnded, cause);

    public void OnDeadline(Deadline deadline) => Step(BridgeTransferInput.Late);

    private static bool CanBeAsked(IaxCall call) =>
        call is { IsUp: true, IsEncrypted: false, Peer: { Options.IsSite: true } peer, Leaving: null } && peer.Address == call.RemoteAddress && peer.State != PeerState.Dead
        && call.Transfer is null or { State: LegTransferState.Idle };

    private bool IsFirst(IaxCall end) => ReferenceEquals(end, first);

    private void Ask()
    {
        Span<byte> id = stackalloc byte[4];
        endpoint.Loop.Chance.Fill(id);
        uint transferId = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(id);
        Ask(first, second, transferId);
        Ask(second, first, transferId);
        endpoint.Loop.Deadlines.Arm(late, endpoint.Options.Transfer.ReadyWithinMs);
    }

    private static void Ask(IaxCall end, IaxCall other, uint transferId)
    {
        Span<byte> buffer = stackalloc byte[64];
        Span<byte> address = stackalloc byte[ApparentAddress.IPv6Length];
        var elements = new ElementWriter(buffer);
        elements.Add(ElementId.ApparentAddress, address[..ApparentAddress.Write(address, other.RemoteAddress)]);
        elements.AddUInt16(ElementId.CallNumber, other.RemoteNumber);
        elements.AddUInt32(ElementId.TransferId, transferId);
        // How far the other end is from here, so that a longer way is not taken for a shorter one; who does not know this element here skips it.
        if (other.RoundTripMs >= 0) elements.AddUInt16(ElementId.ReceivedDelay, (ushort)Math.Min(other.RoundTripMs, ushort.MaxValue));
        end.SendForTransfer(IaxCommand.TxReq, elements.Written);
    }

    private void Step(BridgeTransferInput input, CauseCode cause = CauseCode.NormalClearing)
    {
        var before = state;
        (state, var actions) = BridgeTransfer.Step(state, input);
        if (state is BridgeTransferState.Left or BridgeTransferState.Failed && state != before) Close();
        if (actions.HasFlag(SendRelease)) Release();
        if (actions.HasFlag(RejectFirst)) Reject(first);
        if (actions.HasFlag(RejectSecond)) Reject(second);
        if (actions.HasFlag(HangupFirst)) first.Hangup(cause);
        if (actions.HasFlag(HangupSecond)) second.Hangup(cause);
        if (actions.HasFlag(Leave)) LeaveBoth();
        if (actions.HasFlag(TellFailed)) done(false);
    }

    private void Release()
    {
        endpoint.Loop.Deadlines.Arm(late, endpoint.Options.Transfer.ReleaseWithinMs);
        Release(first, second);
        Release(second, first);
    }

    private static void Release(IaxCall end, IaxCall other)
    {
        Span<byte> buffer = stackalloc byte[8];
        var elements = new ElementWriter(buffer);
        elements.AddUInt16(ElementId.CallNumber, other.RemoteNumber);
        end.StopKeepAlive();
        end.SendForTransfer(IaxCommand.TxRel, elements.Written);
    }

    private static void Reject(IaxCall end)
    {
        if (!end.IsOver) end.SendForTransfer(IaxCommand.TxRej);
    }

    private void LeaveBoth()
    {
        endpoint.Counters.TransfersLeft++;
        first.Depart();
        second.Depart();
        done(true);
    }

    private void Close()
    {
        endpoint.Loop.Deadlines.Disarm(late);
        first.Leaving = second.Leaving = null;
    }
}
