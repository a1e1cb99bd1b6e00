using System.Buffers.Binary;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>What a frame says instead of what is due; null leaves what is due.</summary>
public sealed record Deviation
{
    public static readonly Deviation None = new();

    public byte? OutSequence { get; init; }

    public byte? InSequence { get; init; }

    public uint? Timestamp { get; init; }

    public ushort? Source { get; init; }

    public ushort? Destination { get; init; }

    public bool IsRetransmission { get; init; }

    /// <summary>The frame takes no number of the sequence, although its kind would.</summary>
    public bool KeepsSequence { get; init; }
}

/// <summary>
/// One dialog of full frames, kept by hand: numbers and sequence are right unless told otherwise, and manners (acknowledging, answering PING, repeating what was lost)
/// can be switched off one by one. One loop's.
/// </summary>
public sealed class RawDialog : IDeadlineOwner
{
    private const int RepeatAfterMs = 700, MaxRepeats = 6;

    private readonly RawWire wire;
    private readonly Deadline repeat;
    private readonly List<(byte OutSequence, byte[] Frame, int Sent)> unacknowledged = [];
    private readonly long openedMs;
    private uint lastTimestamp;

    internal RawDialog(RawWire wire, ushort number)
    {
        (this.wire, LocalNumber) = (wire, number);
        Inbox = new FrameWait(wire.Loop);
        repeat = new Deadline(this);
        openedMs = wire.Loop.Clock.NowMs;
    }

    public ushort LocalNumber { get; set; }

    /// <summary>0 until the peer said it; number 1, which stands for no call, is never learned.</summary>
    public ushort RemoteNumber { get; set; }

    public byte NextOut { get; set; }

    public byte Expected { get; set; }

    /// <summary>Acknowledges what comes.</summary>
    public bool Acknowledges { get; set; } = true;

    /// <summary>Answers PING and LAGRQ.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>Repeats what is not acknowledged.</summary>
    public bool Repeats { get; set; } = true;

    /// <summary>Shows repetitions of frames that came before, and frames out of order, to whoever asks.</summary>
    public bool ShowsRepetitions { get; set; }

    /// <summary>Milliseconds added to the clock of this dialog: to be near a wrap.</summary>
    public uint ClockAhead { get; set; }

    /// <summary>Frames for this dialog nobody asked for yet.</summary>
    public FrameWait Inbox { get; }

    /// <summary>Sequenced frames of ours the peer has not acknowledged.</summary>
    public int Unacknowledged => unacknowledged.Count;

    /// <summary>OSeqno of every new sequenced frame that came, in order.</summary>
    public List<SeenFrame> InOrder { get; } = [];

    /// <summary>This dialog's clock.</summary>
    public uint ElapsedMs => (uint)(wire.Loop.Clock.NowMs - openedMs) + ClockAhead;

    public SeenFrame Send(IaxCommand command, ReadOnlySpan<byte> elements = default, Deviation? deviation = null) => Send(FrameType.Iax, (byte)command, elements, deviation);

    public SeenFrame Send(ControlCommand command, Deviation? deviation = null) => Send(FrameType.Control, (byte)command, [], deviation);

    public SeenFrame Send(FrameType type, byte subclass, ReadOnlySpan<byte> payload, Deviation? deviation = null)
    {
        var other = deviation ?? Deviation.None;
        var frame = new FullFrame
        {
            SourceCall = other.Source ?? LocalNumber, DestinationCall = other.Destination ?? RemoteNumber, IsRetransmission = other.IsRetransmission,
            Timestamp = other.Timestamp ?? NextTimestamp(), OutSequence = other.OutSequence ?? NextOut, InSequence = other.InSequence ?? Expected,
            Type = type, SubclassOctet = subclass, Payload = payload,
        };
        var octets = new byte[FullFrame.HeaderLength + payload.Length];
        frame.Write(octets);
        bool isNumbered = frame.IsSequenced && !other.KeepsSequence && other.OutSequence is null;
        if (isNumbered)
        {
            unacknowledged.Add((NextOut, octets, 1));
            NextOut++;
            if (Repeats && !repeat.IsArmed) wire.Loop.Deadlines.Arm(repeat, RepeatAfterMs);
        }
        return wire.Send(octets);
    }

    /// <summary>A mini frame; its stamp is this dialog's clock unless given.</summary>
    public SeenFrame SendMini(ReadOnlySpan<byte> payload, ushort? timestamp = null, ushort? source = null)
    {
        var octets = new byte[MiniFrame.HeaderLength + payload.Length];
        new MiniFrame { SourceCall = source ?? LocalNumber, Timestamp = timestamp ?? (ushort)NextTimestamp(), Payload = payload }.Write(octets);
        return wire.Send(octets);
    }

    public SeenFrame Acknowledge(SeenFrame frame) => Send(IaxCommand.Ack, default, new Deviation { OutSequence = frame.InSequence, Timestamp = frame.Timestamp, Destination = frame.SourceCall });

    /// <summary>The sequence begins again, and the peer's number is forgotten: after a CALLTOKEN.</summary>
    public void Restart()
    {
        (NextOut, Expected, RemoteNumber) = (0, 0, 0);
        unacknowledged.Clear();
    }

    /// <summary>Nothing is repeated any more.</summary>
    public void Stop()
    {
        unacknowledged.Clear();
        wire.Loop.Deadlines.Disarm(repeat);
    }

    internal void Arrived(SeenFrame frame)
    {
        if (!frame.IsFull) { Inbox.Arrived(frame); return; }
        Release(frame.InSequence);
        if (!frame.IsSequenced || frame.Is(IaxCommand.CallToken)) { Inbox.Arrived(frame); return; }
        if (RemoteNumber == 0 && frame.SourceCall > 1) RemoteNumber = frame.SourceCall;
        bool isNew = frame.OutSequence == Expected;
        if (isNew) { Expected++; InOrder.Add(frame); }
        if (Acknowledges) Acknowledge(frame);
        if (AnswersPings && isNew && Answer(frame)) return;
        if (isNew || ShowsRepetitions) Inbox.Arrived(frame);
    }

    public void OnDeadline(Deadline deadline)
    {
        for (int i = 0; i < unacknowledged.Count; i++)
        {
            var (sequence, frame, sent) = unacknowledged[i];
            if (sent > MaxRepeats) continue;
            BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(2), (ushort)(RemoteNumber | 0x8000));
            frame[9] = Expected;
            wire.Send(frame);
            unacknowledged[i] = (sequence, frame, sent + 1);
        }
        if (Repeats && unacknowledged.Exists(u => u.Sent <= MaxRepeats)) wire.Loop.Deadlines.Arm(repeat, RepeatAfterMs);
    }

    private bool Answer(SeenFrame frame)
    {
        if (frame.Is(IaxCommand.Ping)) Send(IaxCommand.Pong, default, new Deviation { Timestamp = frame.Timestamp });
        else if (frame.Is(IaxCommand.LagRq)) Send(IaxCommand.LagRp, default, new Deviation { Timestamp = frame.Timestamp });
        else return false;
        return true;
    }

    private void Release(byte inSequence) => unacknowledged.RemoveAll(u => (byte)(inSequence - u.OutSequence - 1) < 128);

    private uint NextTimestamp()
    {
        uint now = Math.Max(3, ElapsedMs);
        lastTimestamp = (int)(now - lastTimestamp) > 0 ? now : lastTimestamp + 1;
        return lastTimestamp;
    }
}
