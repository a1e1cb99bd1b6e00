using System.Buffers.Binary;

namespace Mesh.Iax2.Tests.Transfers;

/// <summary>Whoever talks at one end: a numbered frame every 20 ms, and notes of what is heard and when.</summary>
internal sealed class EndPhone : IIaxVoiceSink, IDeadlineOwner
{
    private const int FrameMs = 20;

    private readonly Loop loop;
    private readonly IaxCall call;
    private readonly Deadline next;
    private readonly byte[] buffer = new byte[Datagram.Headroom + 160];
    private bool talks;

    public EndPhone(Loop loop, IaxCall call)
    {
        (this.loop, this.call) = (loop, call);
        next = new Deadline(this);
        call.VoiceSink = this;
    }

    /// <summary>Frames said so far.</summary>
    public int Said { get; private set; }

    public List<(int Number, uint Timestamp, long Micros)> Heard { get; } = [];

    /// <summary>The longest time between two frames heard.</summary>
    public double LongestGapMs(int from = 0) => Heard.Skip(from).Zip(Heard.Skip(from + 1)).Max(two => two.Second.Micros - two.First.Micros) / 1000.0;

    /// <summary>The most frames missing at one place.</summary>
    public int MostMissing => Heard.Zip(Heard.Skip(1)).Max(two => two.Second.Number - two.First.Number - 1);

    public void Start()
    {
        talks = true;
        Say();
    }

    public void Stop()
    {
        talks = false;
        loop.Deadlines.Disarm(next);
    }

    public void OnDeadline(Deadline deadline) => Say();

    public void OnVoice(IaxCall from, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs) =>
        Heard.Add((BinaryPrimitives.ReadInt32BigEndian(datagram.Buffer[offset..]), timestampMs, datagram.ReceivedAtMicros));

    private void Say()
    {
        if (!talks) return;
        BinaryPrimitives.WriteInt32BigEndian(buffer.AsSpan(Datagram.Headroom), Said);
        call.SendVoice(VoiceFormat.Alaw, (uint)Said * FrameMs, buffer, Datagram.Headroom, 160);
        Said++;
        loop.Deadlines.Arm(next, FrameMs);
    }
}
