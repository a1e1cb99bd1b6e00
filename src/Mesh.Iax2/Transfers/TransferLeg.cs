using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;
using static Mesh.Iax2.Transfers.LegTransferActions;

namespace Mesh.Iax2.Transfers;

/// <summary>
/// An end of a call whose middle wants to leave: the shell of <see cref="LegTransfer"/> (RFC 5456 section 6.5). Made at the first TXREQ that may be followed, which only one of our sites
/// may send, and only towards another. Nothing is lost on the way: what the host sends between TXREADY and TXREL waits, and voice that was under way through the middle is still taken.
/// </summary>
internal sealed class TransferLeg : IDeadlineOwner
{
    private const int MaxMeasuredMs = 10_000;

    private readonly record struct Held(FrameType Type, byte Subclass, byte[] Payload);

    private readonly IaxCall call;
    private readonly IaxEndpoint endpoint;
    private readonly Deadline wait, formerLife;
    private LegTransferState state;
    private OtherEnd? other;
    private FormerPath? former;
    private Queue<Held>? held;
    private int waitMs, transmissions, directMs = -1;

    private TransferLeg(IaxCall call, IaxEndpoint endpoint)
    {
        (this.call, this.endpoint) = (call, endpoint);
        wait = new Deadline(this);
        formerLife = new Deadline(this);
    }

    public LegTransferState State => state;

    /// <summary>TXREL may come any moment: what is sent now would go to the middle, which would not pass it on any more.</summary>
    public bool IsHolding => state == LegTransferState.Ready;

    private TransferOptions Options => endpoint.Options.Transfer;

    /// <summary>TXREQ: follows it, or says no. Anybody else's would let him send our media anywhere.</summary>
    public static void OnRequest(IaxCall call, IaxEndpoint endpoint, Elements elements)
    {
        var named = Named(call, endpoint, elements);
        if (named is null) endpoint.Counters.Drop(DropReason.TransferRefused);
        if (named is null && call.Transfer is null) call.SendForTransfer(IaxCommand.TxRej);
        else (call.Transfer ??= new TransferLeg(call, endpoint)).OnRequest(named);
    }

    /// <summary>The way voice from this address came in before; null when it is not the former middle.</summary>
    public VoiceReceiver? FormerVoice(NetAddress from) => former is { } path && path.Address == from ? path.Voice : null;

    public void OnRelease(Elements elements)
    {
        if (elements.CallNumber == other?.Number) Step(LegTransferInput.Released);
        else endpoint.Counters.Drop(DropReason.TransferRefused);
    }

    public void OnReject() => Step(LegTransferInput.Rejected);

    /// <summary>The call ends; <paramref name="isGone"/>: nothing of it is left but this.</summary>
    public void OnEnded(bool isGone)
    {
        Step(LegTransferInput.Ended);
        held = null;
        if (isGone) ForgetFormer();
    }

    /// <summary>Keeps what the host sends until it is known where to.</summary>
    public void Hold(FrameType type, byte subclass, ReadOnlySpan<byte> payload)
    {
        held ??= new Queue<Held>();
        if (held.Count >= Options.MaxHeld) { endpoint.Counters.Drop(DropReason.BacklogFull); return; }
        held.Enqueue(new Held(type, subclass, payload.ToArray()));
    }

    /// <summary>A full frame for this call from elsewhere than its peer: from the other end, from the former middle, or from nobody (false).</summary>
    public bool TryTake(in FullFrame frame, in Datagram datagram)
    {
        if (other is { } end && end.Is(datagram.From, frame.SourceCall)) { OnOtherEnd(end, frame, datagram); return true; }
        if (former is { } path && path.Address == datagram.From && path.Number == frame.SourceCall) { OnFormer(path, frame, datagram); return true; }
        return false;
    }

    public void OnDeadline(Deadline deadline)
    {
        if (deadline == formerLife) ForgetFormer();
        else if (state == LegTransferState.Connecting && transmissions < Options.Transmissions) Connect();
        else Step(LegTransferInput.Late);
    }

    private static OtherEnd? Named(IaxCall call, IaxEndpoint endpoint, Elements elements)
    {
        if (!endpoint.Options.Transfer.IsAllowed || call.Peer is not { Options.IsSite: true } middle || !call.IsUp || call.IsEncrypted || call.Leaving is not null) return null;
        if (elements is not { ApparentAddress: { } address, CallNumber: > CallNumbers.Stateless and <= 0x7FFF, TransferId: { } id }) return null;
        if (address == endpoint.Local || endpoint.Peers.SiteAt(address) is not { } peer || ReferenceEquals(peer, middle)) return null;
        if (peer.State == PeerState.Dead || peer.OpenCalls >= peer.Options.MaxCalls) return null;
        int throughMs = call.RoundTripMs >= 0 && elements.ReceivedDelay is { } beyond ? call.RoundTripMs + beyond : -1;
        return new OtherEnd(peer, address, elements.CallNumber.Value, id, throughMs);
    }

    private void OnRequest(OtherEnd? named)
    {
        if (state == LegTransferState.Idle && named is not null) other = named;
        Step(named is null ? LegTransferInput.AskedAmiss : LegTransferInput.Asked);
    }

    private void OnOtherEnd(OtherEnd end, in FullFrame frame, in Datagram datagram)
    {
        if (frame.Command.IsFromTheOtherEnd()) { OnContact(end, frame); return; }
        // A call that is ending here: the middle passes our HANGUP on, with its cause.
        if (state != LegTransferState.Ready || !frame.IsSequenced || call.IsOver) { endpoint.Counters.Drop(DropReason.WrongAddress); return; }
        Step(LegTransferInput.Spoken);
        call.Receive(frame, datagram);
    }

    private void OnContact(OtherEnd end, in FullFrame frame)
    {
        if (state == LegTransferState.Idle || !Elements.TryRead(frame.Payload, out var elements) || elements.TransferId != end.TransferId)
        {
            endpoint.Counters.Drop(DropReason.TransferUnasked);
            return;
        }
        if (frame.Command == IaxCommand.TxCnt) Step(LegTransferInput.Contacted, frame.Timestamp);
        else
        {
            int echoed = (int)(call.ElapsedMs - frame.Timestamp);
            directMs = echoed is >= 0 and < MaxMeasuredMs ? echoed : -1;
            bool slow = directMs >= 0 && end.ThroughMs >= 0 && directMs > end.ThroughMs + Options.MaxDetourMs;
            Step(slow ? LegTransferInput.AcceptedTooSlow : LegTransferInput.Accepted);
        }
    }

    /// <summary>What the former middle still says: its HANGUP counts, its acknowledgements concern nothing that still is.</summary>
    private void OnFormer(FormerPath path, in FullFrame frame, in Datagram datagram)
    {
        if (!frame.IsSequenced) return;
        Transmit(path.Address, new FullFrame
        {
            SourceCall = call.LocalNumber, DestinationCall = path.Number, Timestamp = frame.Timestamp, OutSequence = frame.InSequence, InSequence = (byte)(frame.OutSequence + 1),
            Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Ack,
        });
        if (frame.Type == FrameType.Voice) call.OnFormerVoice(frame, datagram);
        else if (frame.Command == IaxCommand.Hangup && Elements.TryRead(frame.Payload, out var elements)) call.EndedByFormer(elements);
    }

    private void Step(LegTransferInput input, uint echo = 0)
    {
        (state, var actions) = LegTransfer.Step(state, input);
        if (actions.HasFlag(SendConnect)) BeginToConnect();
        if (actions.HasFlag(SendAccept)) SendToOther(IaxCommand.TxAcc, echo);
        if (actions.HasFlag(SendReady)) SendReadyNow();
        if (actions.HasFlag(SendReject)) call.SendForTransfer(IaxCommand.TxRej);
        if (actions.HasFlag(Forget)) Abandon();
        if (actions.HasFlag(Switch)) SwitchOver();
    }

    private void BeginToConnect()
    {
        int roundTrip = other!.Peer.RoundTripMs >= 0 ? other.Peer.RoundTripMs : endpoint.Options.SiteRetransmission.UnmeasuredRoundTripMs;
        (transmissions, waitMs) = (0, Math.Clamp(2 * roundTrip, Options.ShortestWaitMs, Options.LongestWaitMs));
        Connect();
    }

    private void Connect()
    {
        transmissions++;
        SendToOther(IaxCommand.TxCnt, Math.Max(1, call.ElapsedMs));
        endpoint.Loop.Deadlines.Arm(wait, waitMs);
        waitMs = Math.Min(2 * waitMs, Options.LongestWaitMs);
    }

    private void SendToOther(IaxCommand command, uint timestamp)
    {
        Span<byte> buffer = stackalloc byte[8];
        var elements = new ElementWriter(buffer);
        elements.AddUInt32(ElementId.TransferId, other!.TransferId);
        Transmit(other.Address, new FullFrame
        {
            SourceCall = call.LocalNumber, DestinationCall = other.Number, Timestamp = timestamp, Type = FrameType.Iax, SubclassOctet = (byte)command, Payload = elements.Written,
        });
    }

    private void SendReadyNow()
    {
        Span<byte> buffer = stackalloc byte[8];
        var elements = new ElementWriter(buffer);
        elements.AddUInt16(ElementId.CallNumber, call.LocalNumber);
        call.SendForTransfer(IaxCommand.TxReady, elements.Written);
        endpoint.Loop.Deadlines.Arm(wait, Options.HoldMs);
    }

    private void Abandon()
    {
        endpoint.Loop.Deadlines.Disarm(wait);
        if (!call.IsOver) SendHeld();
    }

    private void SwitchOver()
    {
        endpoint.Loop.Deadlines.Disarm(wait);
        ForgetFormer();
        var (address, number) = (call.RemoteAddress, call.RemoteNumber);
        var voice = call.Move(other!.Peer, other.Address, other.Number, directMs);
        former = new FormerPath(address, number, voice);
        other = null;
        endpoint.Loop.Deadlines.Arm(formerLife, Options.FormerPathMs);
        endpoint.Counters.TransfersFollowed++;
        SendHeld();
        call.Handler?.OnMoved(call);
    }

    private void SendHeld()
    {
        while (held is not null && held.TryDequeue(out var frame)) call.SendHeld(frame.Type, frame.Subclass, frame.Payload);
    }

    private void ForgetFormer()
    {
        endpoint.Loop.Deadlines.Disarm(formerLife);
        if (former is { } path) endpoint.Table.Unbind(call, path.Address, path.Number);
        former = null;
    }

    private void Transmit(NetAddress to, in FullFrame frame)
    {
        Span<byte> bytes = stackalloc byte[FullFrame.HeaderLength + frame.Payload.Length];
        frame.Write(bytes);
        endpoint.Transmit(bytes, to);
    }
}
