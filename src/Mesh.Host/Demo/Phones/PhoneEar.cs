using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Sounds;

namespace Mesh.Host.Demo.Phones;

/// <summary>What a phone hears in one call: before the answer UK ringback, afterwards the other side's tone and keys. Touched on the phone's loop.</summary>
public sealed class PhoneEar(double hearsHz, MeshClock clock) : IAudioSink
{
    private readonly ToneDetector low = new(400, clock), high = new(450, clock);
    private long lastPacketMs;
    private bool isTalking;

    /// <summary>When ringback was first heard, on the loop's clock; 0: not at all.</summary>
    public long RingbackMs { get; private set; }

    /// <summary>Ringback's 400 Hz; its 450 Hz comes with it or <see cref="RingbackMs"/> stays 0.</summary>
    public ToneDetector Ringback => low;

    /// <summary>The other side's tone, heard since the answer.</summary>
    public ToneDetector Tone { get; private set; } = new(hearsHz, clock);

    /// <summary>Keys the other side pressed.</summary>
    public string Digits => Tone.Digits;

    /// <summary>Longest time between two packets since the first of ringback.</summary>
    public long LongestPauseMs { get; private set; }

    /// <summary>The longest pause so far, and measures anew from here.</summary>
    public long TakeLongestPauseMs()
    {
        long longest = LongestPauseMs;
        LongestPauseMs = 0;
        return longest;
    }

    public void BeginTalk()
    {
        isTalking = true;
        lastPacketMs = 0;
        Tone = new ToneDetector(hearsHz, clock);
    }

    public void OnAudio(in AudioFrame frame)
    {
        long now = clock.NowMs;
        if (lastPacketMs > 0) LongestPauseMs = Math.Max(LongestPauseMs, now - lastPacketMs);
        lastPacketMs = now;
        if (isTalking) { Tone.OnAudio(frame); return; }
        low.OnAudio(frame);
        high.OnAudio(frame);
        if (RingbackMs == 0 && low.IsPresent && high.IsPresent) RingbackMs = now;
    }

    public void OnDigit(DigitEvent digit) => Tone.OnDigit(digit);
}
