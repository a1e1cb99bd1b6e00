using Mesh.Io;

namespace Mesh.Media.Jitter;

/// <summary>
/// Plays what one port receives out of a <see cref="JitterBuffer"/> into the port's sink, by deadlines of the port's loop: an even rhythm with gaps made up, whatever the path did.
/// Keys do not come through here: they never wait. Everything on the port's loop; nothing is allocated per packet.
/// </summary>
public sealed class JitterPlayout : IDeadlineOwner, IDisposable
{
    private const int SamplesPerMs = AudioCodecs.ClockRate / 1000;

    private readonly IAudioPort port;
    private readonly JitterBuffer buffer;
    private readonly Concealment concealment = new();
    private readonly Deadline due;
    private readonly byte[] scratch;
    private AudioCodec codec;
    private uint timestamp;
    private long silentSinceMs;
    private bool isSilent = true, isClosed;

    public JitterPlayout(IAudioPort port, JitterBufferOptions options)
    {
        this.port = port;
        buffer = new JitterBuffer(options);
        due = new Deadline(this);
        scratch = new byte[Datagram.Headroom + options.MaxFrameOctets];
        silentSinceMs = port.Loop.Clock.NowMs;
    }

    public ref readonly JitterStatistics Statistics => ref buffer.Statistics;

    public int DelayMs => buffer.DelayMs;

    public int JitterMs => buffer.JitterMs;

    /// <summary>Takes one packet. Its stamp is given in milliseconds: the frame's own counts samples and wraps sooner.</summary>
    public void OnAudio(in AudioFrame frame, uint timestampMs, long arrivedMs)
    {
        if (isClosed) return;
        buffer.Put(timestampMs, arrivedMs, Math.Max(1, frame.Length / SamplesPerMs), frame.Codec, frame.Payload);
        Play();
    }

    public void OnDeadline(Deadline deadline) => Play();

    public void Dispose()
    {
        if (isClosed) return;
        isClosed = true;
        port.Loop.Deadlines.Disarm(due);
        buffer.Dispose();
    }

    private void Play()
    {
        long now = port.Loop.Clock.NowMs;
        while (true)
        {
            switch (buffer.Take(now, out var spoken, out var payload))
            {
                case JitterOutput.Frame:
                    codec = spoken;
                    payload.CopyTo(scratch.AsSpan(Datagram.Headroom));
                    concealment.Heard(codec, scratch.AsSpan(Datagram.Headroom, payload.Length));
                    Send(now, payload.Length);
                    continue;
                case JitterOutput.Conceal:
                    int length = buffer.ConcealMs * SamplesPerMs;
                    concealment.Conceal(codec, scratch.AsSpan(Datagram.Headroom, length));
                    Send(now, length);
                    continue;
                case JitterOutput.Silence:
                    concealment.Forget();
                    (isSilent, silentSinceMs) = (true, now);
                    continue;
            }
            break;
        }
        long next = buffer.NextDueMs;
        if (next == long.MaxValue) port.Loop.Deadlines.Disarm(due);
        else if (!due.IsArmed || due.DueMs != next) port.Loop.Deadlines.Arm(due, Math.Max(1, next - now));
    }

    private void Send(long nowMs, int length)
    {
        bool begins = isSilent;
        // The pause was as long as it was: the far end's own buffer goes by this.
        if (begins) timestamp += (uint)(Math.Max(0, nowMs - silentSinceMs) * SamplesPerMs);
        isSilent = false;
        port.Sink?.OnAudio(new AudioFrame(scratch, Datagram.Headroom, length, codec, timestamp, begins));
        timestamp += (uint)length;
    }
}
