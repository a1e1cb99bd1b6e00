using Mesh.Io;
using Mesh.Media;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>
/// Measures the voice of one call as it comes, and hands it on. IAX2 numbers no voice frame: what is lost is known by the time stamps, 20 ms apart.
/// </summary>
public sealed class VoiceEar(MeshClock clock) : IAudioSink
{
    private const int FrameSamples = AudioCodecs.FrameOctets;

    private uint first, greatest, last;
    private double jitterMs;
    private long lastArrivalMs;

    public long Packets { get; private set; }

    /// <summary>Frames whose stamp was older than one before.</summary>
    public long Late { get; private set; }

    /// <summary>Who takes the voice too.</summary>
    public List<IAudioSink> Next { get; } = [];

    public string Digits { get; private set; } = "";

    /// <summary>Smoothed interarrival jitter, RFC 3550 section 6.4.1, milliseconds.</summary>
    public double JitterMs => jitterMs;

    /// <summary>Frames the stamps say there were.</summary>
    public long Due => Packets == 0 ? 0 : (greatest - first) / FrameSamples + 1;

    public long Lost => Math.Max(0, Due - Packets);

    public double LossPercent => Due == 0 ? 0 : 100.0 * Lost / Due;

    /// <summary>When the first voice came, on the clock; 0 before.</summary>
    public long FirstMs { get; private set; }

    public void OnAudio(in AudioFrame frame)
    {
        long now = clock.NowMs;
        if (Packets++ == 0) (first, greatest, FirstMs) = (frame.Timestamp, frame.Timestamp, now);
        else
        {
            int step = (int)(frame.Timestamp - last);
            if (step < 0) Late++;
            jitterMs += (Math.Abs(now - lastArrivalMs - step / 8.0) - jitterMs) / 16;
            if ((int)(frame.Timestamp - greatest) > 0) greatest = frame.Timestamp;
        }
        (last, lastArrivalMs) = (frame.Timestamp, now);
        foreach (var next in Next) next.OnAudio(frame);
    }

    public void OnDigit(DigitEvent digit)
    {
        if (digit.IsEnd && Digits.Length < 256) Digits += digit.Digit;
        foreach (var next in Next) next.OnDigit(digit);
    }
}
