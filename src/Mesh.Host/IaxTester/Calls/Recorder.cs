using Mesh.Media;
using Mesh.Media.Codecs;
using Mesh.Media.Sounds;

namespace Mesh.Host.IaxTester.Calls;

/// <summary>Keeps the voice of a call for a WAV file, silence where frames are missing.</summary>
public sealed class Recorder : IAudioSink
{
    /// <summary>Half an hour; what comes later is not kept.</summary>
    public const int MaxSamples = 30 * 60 * AudioCodecs.ClockRate;

    private readonly List<short> samples = [];
    private readonly short[] linear = new short[4096];
    private uint origin;

    public int Length => samples.Count;

    public void OnAudio(in AudioFrame frame)
    {
        if (samples.Count == 0) origin = frame.Timestamp;
        long at = (int)(frame.Timestamp - origin);
        int count = Math.Min(frame.Length, linear.Length);
        if (at < 0 || at + count > MaxSamples) return;
        while (samples.Count < at + count) samples.Add(0);
        G711.Decode(frame.Codec, frame.Payload[..count], linear);
        for (int i = 0; i < count; i++) samples[(int)at + i] = linear[i];
    }

    public void OnDigit(DigitEvent digit) { }

    /// <summary>A WAV file of 16-bit samples at 8 kHz.</summary>
    public byte[] Write() => new WavFile([.. samples], AudioCodecs.ClockRate).Write();
}
