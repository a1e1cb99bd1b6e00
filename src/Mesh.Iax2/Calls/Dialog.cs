using System.Buffers.Binary;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>
/// One exchange of full frames with one address, in order and reliable (RFC 5456 section 7): the shell around <see cref="ReliableWindow"/> and <see cref="MediaClock"/>
/// that calls and registrations stand on. One loop's.
/// </summary>
public abstract class Dialog : ICallNumberHolder, IDeadlineOwner
{
    /// <summary>Where the peer is: one reference, so that a thread that sends voice never sees half a change.</summary>
    private sealed record Location(NetAddress Address);

    private readonly record struct WaitingFrame(FrameType Type, byte Subclass, uint Timestamp, byte[] Payload);

    private readonly Deadline retransmission;
    private readonly ReliableWindow window;
    private readonly RetransmissionSchedule schedule;
    private Queue<WaitingFrame>? backlog;
    private bool ackOwed;
    private int vnakSentFor = -1;
    private long vnakSentMs;
    private uint firstTimestamp;
    private volatile Location location;
    private volatile MediaClock clock;

    private protected Dialog(IaxEndpoint endpoint, NetAddress remoteAddress, int roundTripMs, RetransmissionSchedule schedule)
    {
        Endpoint = endpoint;
        location = new Location(remoteAddress);
        RoundTripMs = roundTripMs;
        this.schedule = schedule;
        window = new ReliableWindow(schedule);
        clock = new MediaClock(endpoint.Loop.Clock.NowMs);
        retransmission = new Deadline(this);
    }

    /// <summary>Our number of this dialog.</summary>
    public ushort LocalNumber { get; private set; }

    /// <summary>The peer's number; 0 until it is known.</summary>
    public ushort RemoteNumber { get; private protected set; }

    public NetAddress RemoteAddress => location.Address;

    /// <summary>Milliseconds, measured by PING or by the peer's probes; negative while unknown.</summary>
    public int RoundTripMs { get; private protected set; }

    /// <summary>Sequenced frames not yet acknowledged, and those waiting for room.</summary>
    public int Unacknowledged => window.Count + (backlog?.Count ?? 0);

    /// <summary>Every frame of it is encrypted from now on (RFC 5456 section 10).</summary>
    public virtual bool IsEncrypted => false;

    private protected IaxEndpoint Endpoint { get; }

    private protected MediaClock Clock => clock;

    /// <summary>The number was given back: nothing of this dialog is left but its acknowledgements.</summary>
    private protected bool IsReleased { get; private set; }

    private protected long NowMs => Endpoint.Loop.Clock.NowMs;

    private int FirstWaitMs => schedule.First(RoundTripMs);

    internal bool TryTakeNumber()
    {
        if (!Endpoint.Table.TryTake(this, NowMs, out ushort number)) return false;
        LocalNumber = number;
        return true;
    }

    void ICallNumberHolder.OnFullFrame(in FullFrame frame, in Datagram datagram) => OnAddressed(frame, datagram);

    /// <summary>One full frame from the right address as the wire had it; what is encrypted is so still.</summary>
    private protected virtual void OnAddressed(in FullFrame frame, in Datagram datagram) => Receive(frame, datagram);

    /// <summary>One full frame from the right address: number, order, acknowledgements, then what it says.</summary>
    internal void Receive(in FullFrame frame, in Datagram datagram)
    {
        var elements = Elements.None;
        if (frame.Type == FrameType.Iax && !Elements.TryRead(frame.Payload, out elements)) { Drop(DropReason.Undecodable); return; }
        // Only an ACK must name both numbers: anything else may have been sent before the peer knew ours.
        if (RemoteNumber != 0 && frame.SourceCall != RemoteNumber) { OnGhost(frame); return; }
        if (frame.Command == IaxCommand.Inval) { OnInvalidated(); return; }
        if (frame.Command == IaxCommand.CallToken) { TakeCallToken(frame, elements); return; }

        if (frame.Command.IsFromTheOtherEnd()) { Drop(DropReason.TransferUnasked); return; }
        bool outOfOrderAllowed = frame.Type == FrameType.Iax && frame.Command.IsTakenOutOfOrder();
        var arrival = frame.IsSequenced ? window.Arrive(frame.OutSequence) : Arrival.InOrder;
        if (arrival == Arrival.Duplicate && !outOfOrderAllowed) { OnDuplicate(frame); return; }
        if (arrival == Arrival.Ahead && !outOfOrderAllowed) { Drop(DropReason.Gap); AskAgain(Endpoint.Options.VnakRepeatMs); return; }

        if (RemoteNumber == 0) Learn(frame);
        ackOwed = frame.IsSequenced;
        try
        {
            if (window.Acknowledge(frame.InSequence) > 0)
            {
                window.Renew(NowMs, FirstWaitMs);
                OnReleased();
            }
            if (frame.Command == IaxCommand.Vnak) Repeat(frame.InSequence);
            OnSignOfLife();
            if (!frame.IsSequenced) return;
            if (!IsEcho(frame)) Clock.Heard(frame.Timestamp);
            OnFrame(frame, elements, datagram);
        }
        finally
        {
            if (ackOwed) SendAck(frame);
        }
    }

    /// <summary>A sequenced frame, in order.</summary>
    private protected abstract void OnFrame(in FullFrame frame, Elements elements, in Datagram datagram);

    /// <summary>A frame of ours was sent as often as it may be.</summary>
    private protected abstract void OnExhausted();

    private protected abstract void OnInvalidated();

    private protected virtual void OnCallToken(Elements elements) => Drop(DropReason.TokenUnexpected);

    private protected virtual void OnSignOfLife() { }

    /// <summary>Some of what was sent has been acknowledged.</summary>
    private protected virtual void OnDelivered() { }

    /// <summary>Nothing of ours waits for an acknowledgement any more.</summary>
    private protected virtual void OnSettled() { }

    /// <summary>The peer's number is known from now on.</summary>
    private protected virtual void OnLearned() { }

    private protected virtual void OnTimer(Deadline deadline) { }

    /// <summary>Sends a sequenced frame, or keeps it until the window has room; false when too many are kept. <paramref name="timestamp"/> 0 stamps it now.</summary>
    private protected bool Send(FrameType type, byte subclass, ReadOnlySpan<byte> payload, uint timestamp = 0, bool isLast = false, int firstWaitMs = 0)
    {
        if (timestamp == 0) timestamp = Clock.Stamp(NowMs);
        if (!isLast && (window.IsFull || backlog is { Count: > 0 }))
        {
            backlog ??= new Queue<WaitingFrame>();
            if (backlog.Count >= Endpoint.Options.MaxBacklog) { Drop(DropReason.BacklogFull); return false; }
            backlog.Enqueue(new WaitingFrame(type, subclass, timestamp, payload.ToArray()));
            return true;
        }
        Emit(type, subclass, timestamp, payload, firstWaitMs > 0 ? firstWaitMs : FirstWaitMs);
        return true;
    }

    private protected bool Send(IaxCommand command, ReadOnlySpan<byte> elements = default, uint timestamp = 0, bool isLast = false, int firstWaitMs = 0) =>
        Send(FrameType.Iax, (byte)command, elements, timestamp, isLast, firstWaitMs);

    private protected bool Send(ControlCommand command) => Send(FrameType.Control, (byte)command, []);

    /// <summary>Sends a sequenced frame with a stamp of its own now or not at all: voice that waited is worth nothing.</summary>
    private protected bool TrySendNow(FrameType type, byte subclass, ReadOnlySpan<byte> payload, uint timestamp)
    {
        if (window.IsFull || backlog is { Count: > 0 }) return false;
        Clock.Sent(timestamp);
        Emit(type, subclass, timestamp, payload, FirstWaitMs);
        return true;
    }

    /// <summary>The way out of every full frame.</summary>
    private protected virtual void TransmitFull(ReadOnlySpan<byte> frame) => Endpoint.Transmit(frame, RemoteAddress);

    /// <summary>OSeqno of the next sequenced frame.</summary>
    private protected byte NextOutSequence => window.NextOut;

    /// <summary>True while the frame of that OSeqno waits for its acknowledgement.</summary>
    internal bool IsOutstanding(byte outSequence) => window.IsOutstanding(outSequence);

    /// <summary>True when a frame of this dialog may look like that now; of those decrypted with a wrong key one in some hundred thousand does.</summary>
    internal bool IsPlausible(in FullFrame frame)
    {
        const int Frames = 100, Ms = 600_000;
        return frame.Type is > FrameType.None and <= FrameType.DtmfBegin && Math.Abs((int)(sbyte)(frame.OutSequence - window.Expected)) <= Frames
            && Math.Abs((int)(sbyte)(frame.InSequence - window.NextOut)) <= Frames
            && (Math.Abs((long)(int)(frame.Timestamp - Clock.LastHeard)) <= Ms || Math.Abs((long)(int)(frame.Timestamp - Clock.Elapsed(NowMs))) <= Ms);
    }

    /// <summary>Asks for the frame expected next: once for each number, and again after <paramref name="againAfterMs"/> of what shows that it is still missing.</summary>
    private protected void AskAgain(int againAfterMs = int.MaxValue)
    {
        if (vnakSentFor == window.Expected && NowMs - vnakSentMs < againAfterMs) return;
        vnakSentFor = window.Expected;
        vnakSentMs = NowMs;
        Endpoint.Counters.VnaksSent++;
        Transmit(new FullFrame
        {
            SourceCall = LocalNumber, DestinationCall = RemoteNumber, Timestamp = Clock.Stamp(NowMs),
            OutSequence = window.Expected, InSequence = window.Expected, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Vnak,
        });
    }

    /// <summary>Forgets all that was sent and said, as if nothing had been (after CALLTOKEN).</summary>
    private protected void Restart()
    {
        window.Restart();
        vnakSentFor = -1;
    }

    /// <summary>The dialog goes on with somebody else, from the beginning: numbers, clock and whatever waited for the former peer.</summary>
    private protected void Move(NetAddress address, ushort number, int roundTripMs)
    {
        backlog?.Clear();
        Restart();
        clock = new MediaClock(NowMs);
        location = new Location(address);
        (RemoteNumber, RoundTripMs) = (number, roundTripMs);
        Endpoint.Loop.Deadlines.Disarm(retransmission);
    }

    /// <summary>Acknowledges now what would be acknowledged when it has been handled.</summary>
    internal void AcknowledgeNow(in FullFrame frame)
    {
        if (ackOwed) SendAck(frame);
    }

    /// <summary>Gives up what waits and what was never acknowledged; the sequence goes on.</summary>
    private protected void ForgetUnsent(bool andOutstanding)
    {
        backlog?.Clear();
        if (andOutstanding) window.Forget();
    }

    /// <summary>Gives the number back and stops the timers. Idempotent.</summary>
    private protected virtual void Release()
    {
        if (IsReleased) return;
        IsReleased = true;
        backlog = null;
        window.Forget();
        Endpoint.Loop.Deadlines.Disarm(retransmission);
        if (LocalNumber != 0) Endpoint.Table.GiveBack(LocalNumber, NowMs);
    }

    private protected void Drop(DropReason reason) => Endpoint.Counters.Drop(reason);

    void IDeadlineOwner.OnDeadline(Deadline deadline)
    {
        if (deadline == retransmission) Retransmit();
        else OnTimer(deadline);
    }

    private void Retransmit()
    {
        while (window.TakeDue(NowMs, out bool exhausted) is { } frame) Resend(frame);
        if (ShouldGiveUp()) { OnExhausted(); return; }
        ArmRetransmission();

        bool ShouldGiveUp()
        {
            if (window.NextDueMs > NowMs) return false;
            window.TakeDue(NowMs, out bool gone);
            return gone;
        }
    }

    private void ArmRetransmission()
    {
        long due = window.NextDueMs;
        if (due == long.MaxValue || IsReleased) Endpoint.Loop.Deadlines.Disarm(retransmission);
        else if (!retransmission.IsArmed || retransmission.DueMs > due) Endpoint.Loop.Deadlines.Arm(retransmission, due - NowMs);
    }

    private void Resend(byte[] frame)
    {
        // What was sent before the peer's number was known carries it now.
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)(RemoteNumber | 0x8000));
        frame[9] = window.Expected;
        ackOwed = false;
        Endpoint.Counters.Retransmissions++;
        TransmitFull(frame);
    }

    /// <summary>VNAK: what the peer lacks, from that number on (the number itself too, whatever the RFC's "greater than").</summary>
    private void Repeat(byte from)
    {
        Endpoint.Counters.VnaksReceived++;
        byte cursor = from;
        while (window.TakeFrom(ref cursor, NowMs, Endpoint.Options.VnakSpacingMs) is { } frame) Resend(frame);
    }

    private void Emit(FrameType type, byte subclass, uint timestamp, ReadOnlySpan<byte> payload, int firstWaitMs)
    {
        var bytes = new byte[FullFrame.HeaderLength + payload.Length];
        new FullFrame
        {
            SourceCall = LocalNumber, DestinationCall = RemoteNumber, Timestamp = timestamp, OutSequence = window.NextOut, InSequence = window.Expected,
            Type = type, SubclassOctet = subclass, Payload = payload,
        }.Write(bytes);
        if (window.NextOut == 0 && RemoteNumber == 0) firstTimestamp = timestamp;
        window.Add(bytes, NowMs, firstWaitMs);
        ackOwed = false;
        ArmRetransmission();
        TransmitFull(bytes);
    }

    private void OnReleased()
    {
        OnDelivered();
        while (backlog is { Count: > 0 } && !window.IsFull)
        {
            var next = backlog.Dequeue();
            Emit(next.Type, next.Subclass, next.Timestamp, next.Payload, FirstWaitMs);
        }
        ArmRetransmission();
        if (window.Count == 0) OnSettled();
    }

    private void OnDuplicate(in FullFrame frame)
    {
        Drop(DropReason.Duplicate);
        // It would be encrypted, and who still sends NEW has no key.
        if (frame.Command != IaxCommand.New || !IsEncrypted) SendAck(frame);
        // The peer's NEW again: our answer to it was lost, and waiting for our own timer would cost the caller time.
        if (frame.Command == IaxCommand.New) Repeat(window.Oldest);
    }

    /// <summary>It echoes the stamp of the request it answers: one for an earlier request comes too late.</summary>
    private void TakeCallToken(in FullFrame frame, Elements elements)
    {
        if (frame.Timestamp == firstTimestamp) OnCallToken(elements);
        else Drop(DropReason.TokenUnexpected);
    }

    private void OnGhost(in FullFrame frame)
    {
        Drop(DropReason.WrongNumber);
        if (frame.IsSequenced) Endpoint.SendInval(frame, RemoteAddress);
    }

    private void Learn(in FullFrame frame)
    {
        RemoteNumber = frame.SourceCall;
        OnLearned();
    }

    private void SendAck(in FullFrame frame)
    {
        ackOwed = false;
        Transmit(new FullFrame
        {
            SourceCall = LocalNumber, DestinationCall = frame.SourceCall, Timestamp = frame.Timestamp,
            OutSequence = frame.InSequence, InSequence = window.Expected, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Ack,
        });
    }

    private void Transmit(in FullFrame frame)
    {
        Span<byte> bytes = stackalloc byte[FullFrame.HeaderLength];
        frame.Write(bytes);
        TransmitFull(bytes);
    }

    private static bool IsEcho(in FullFrame frame) => frame.Type == FrameType.Iax && frame.Command is IaxCommand.Pong or IaxCommand.LagRp;
}
