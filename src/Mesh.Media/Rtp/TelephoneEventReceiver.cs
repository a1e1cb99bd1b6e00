namespace Mesh.Media.Rtp;

/// <summary>
/// Makes key presses of RFC 4733 packets: each press reported once, its begin and its end with the time it was held, whatever is lost, repeated or late.
/// Pure but for its memory of the present press. A press whose end packets were all lost ends with the next press or when <see cref="Expire"/> is called.
/// </summary>
public sealed class TelephoneEventReceiver
{
    private const int UnitsPerMs = AudioCodecs.ClockRate / 1000;

    private TelephoneEvent latest;
    private uint segmentStart;
    private long unitsBefore;
    private bool any, held;

    /// <summary>A key is down.</summary>
    public bool IsHeld => held;

    /// <summary>Takes one packet and tells <paramref name="sink"/> what it means.</summary>
    public void Take(in TelephoneEvent packet, uint timestamp, IAudioSink? sink)
    {
        if (packet.Digit is null) return;
        int ahead = any ? unchecked((int)(timestamp - segmentStart)) : 1;
        if (ahead < 0) return;
        if (ahead > 0 && !Continues(packet, ahead)) Begin(packet, timestamp, sink);
        else if (ahead > 0) NextSegment(timestamp);
        if (!held) return;
        if (packet.Duration > latest.Duration) latest = packet;
        if (packet.IsEnd) End(sink);
    }

    /// <summary>No packet of the press came for too long: it is over.</summary>
    public void Expire(IAudioSink? sink)
    {
        if (held) End(sink);
    }

    /// <summary>A press longer than the field can say goes on in another segment right after the first (RFC 4733 section 2.5.1.3).</summary>
    private bool Continues(in TelephoneEvent packet, int ahead) =>
        held && packet.Code == latest.Code && ahead >= 0xFFFF - AudioCodecs.ClockRate && latest.Duration >= 0xFFFF - AudioCodecs.ClockRate && ahead <= 0x1_0000;

    private void NextSegment(uint timestamp)
    {
        unitsBefore += timestamp - segmentStart;
        segmentStart = timestamp;
        latest = latest with { Duration = 0 };
    }

    private void Begin(in TelephoneEvent packet, uint timestamp, IAudioSink? sink)
    {
        if (held) End(sink);
        (any, held, segmentStart, unitsBefore) = (true, true, timestamp, 0);
        latest = packet;
        sink?.OnDigit(new DigitEvent(packet.Digit!.Value, IsEnd: false, 0));
    }

    private void End(IAudioSink? sink)
    {
        held = false;
        sink?.OnDigit(new DigitEvent(latest.Digit!.Value, IsEnd: true, (int)((unitsBefore + latest.Duration) / UnitsPerMs)));
    }
}
