using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>
/// Sends key presses as RFC 4733 packets: the begin with the marker bit, an update each 20 ms while the key is down, the end three times, all with the press's first
/// timestamp (section 2.5.1). Presses follow one another in order of arrival. Belongs to the port's loop; made at the first digit.
/// </summary>
internal sealed class TelephoneEventSender(RtpPort port, RtpOutput output) : IDeadlineOwner
{
    private const int TickMs = AudioCodecs.FrameMs;
    private const int UnitsPerTick = AudioCodecs.FrameOctets;
    private const int UnitsPerMs = AudioCodecs.ClockRate / 1000;
    private const int EndPackets = 3;

    private readonly Queue<DigitPress> waiting = new();
    private readonly byte[] buffer = new byte[RtpHeader.Size + TelephoneEvent.Size];
    private Deadline? tick;
    private DigitPress? current;
    private uint segmentStart;
    private int units, segmentUnits, endsLeft;
    private long dueMs;

    /// <summary>A press is being sent: audio of the same direction waits. Read by the thread that sends audio.</summary>
    public bool IsSending => Volatile.Read(ref current) is not null;

    public void Take(DigitEvent digit)
    {
        if (!TelephoneEvent.TryCode(digit.Digit, out byte code)) return;
        if (digit.IsEnd) Release(digit, code);
        else Add(new DigitPress(digit.Digit, code));
    }

    public void OnDeadline(Deadline deadline)
    {
        if (port.IsClosed || current is not { } press) { Finish(); return; }
        if (endsLeft > 0) RepeatEnd(press);
        else Continue(press);
        // Next() has armed the tick of a press that followed.
        if (current is not null && !deadline.IsArmed) ArmNext(deadline);
    }

    private void Release(DigitEvent digit, byte code)
    {
        var press = current is { HeldMs: null } && current.Digit == digit.Digit ? current : null;
        foreach (var queued in waiting) if (press is null && queued.HeldMs is null && queued.Digit == digit.Digit) press = queued;
        int held = Math.Max(digit.DurationMs, port.Options.MinDigitMs);
        if (press is not null) press.HeldMs = held;
        // Only the release was told (the IAX2 DTMF frame of RFC 5456): the whole press is made here.
        else Add(new DigitPress(digit.Digit, code) { HeldMs = digit.DurationMs > 0 ? held : port.Options.DefaultDigitMs });
    }

    private void Add(DigitPress press)
    {
        if (waiting.Count >= port.Options.MaxQueuedDigits) { port.CountDigitRefused(); return; }
        waiting.Enqueue(press);
        if (current is null) Next();
    }

    private void Next()
    {
        if (port.IsClosed || !waiting.TryDequeue(out var press)) return;
        segmentStart = port.Inlet.Now();
        units = segmentUnits = UnitsPerTick;
        endsLeft = 0;
        Volatile.Write(ref current, press);
        Send(press, marker: true, isEnd: false);
        dueMs = port.Loop.Clock.NowMs;
        ArmNext(tick ??= new Deadline(this));
    }

    /// <summary>On the beat of the first packet, so that durations stay true however the loop rounds.</summary>
    private void ArmNext(Deadline deadline)
    {
        dueMs += TickMs;
        port.Loop.Deadlines.Arm(deadline, dueMs - port.Loop.Clock.NowMs);
    }

    private void Continue(DigitPress press)
    {
        int wanted = (press.HeldMs ?? port.Options.MaxDigitMs) * UnitsPerMs;
        bool over = units + UnitsPerTick >= wanted;
        // The end says how long the key was truly held, but never less than was said before.
        int next = over ? Math.Max(units, wanted) : units + UnitsPerTick;
        segmentUnits += next - units;
        units = next;
        if (segmentUnits > ushort.MaxValue) NextSegment();
        if (over) endsLeft = EndPackets - 1;
        Send(press, marker: false, isEnd: over);
    }

    private void RepeatEnd(DigitPress press)
    {
        Send(press, marker: false, isEnd: true);
        if (--endsLeft > 0) return;
        Volatile.Write(ref current, null);
        Next();
    }

    /// <summary>The duration field is full: the press goes on in a segment that begins where this one ended (RFC 4733 section 2.5.1.3).</summary>
    private void NextSegment()
    {
        segmentStart += ushort.MaxValue;
        segmentUnits -= ushort.MaxValue;
    }

    private void Send(DigitPress press, bool marker, bool isEnd)
    {
        if (port.Session is not { MaySend: true } session || session.Agreed.SendEvents is not { } payloadType) return;
        new TelephoneEvent(press.Code, isEnd, (ushort)segmentUnits).Write(buffer.AsSpan(RtpHeader.Size));
        output.Send(session.Remote, buffer, RtpHeader.Size, TelephoneEvent.Size, payloadType, marker, segmentStart);
    }

    private void Finish()
    {
        waiting.Clear();
        Volatile.Write(ref current, null);
    }
}
