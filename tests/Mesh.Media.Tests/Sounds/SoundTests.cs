using Mesh.Media.Codecs;

namespace Mesh.Media.Tests.Sounds;

public sealed class SoundTests
{
    [Fact]
    public void A_sound_is_read_to_its_end_and_filled_with_silence()
    {
        var sound = new Sound(ToneGenerator.Sine(400, 50));
        var source = sound.Play();
        var packet = new byte[160];
        Assert.True(source.Read(AudioCodec.Pcma, packet));
        Assert.True(source.Read(AudioCodec.Pcma, packet));
        Assert.True(source.Read(AudioCodec.Pcma, packet));
        Assert.Equal(sound.Encoded(AudioCodec.Pcma)[320..].ToArray(), packet[..80]);
        Assert.All(packet[80..], octet => Assert.Equal(0xD5, octet));
        Assert.False(source.Read(AudioCodec.Pcma, packet));
    }

    [Fact]
    public void An_endless_sound_goes_round_without_a_seam()
    {
        var sound = new Sound(ToneGenerator.Sine(400, 25));
        var source = sound.PlayEndless();
        var all = new byte[1600];
        for (int at = 0; at < all.Length; at += 160) Assert.True(source.Read(AudioCodec.Pcmu, all.AsSpan(at, 160)));
        for (int i = 0; i < all.Length; i++) Assert.Equal(sound.Encoded(AudioCodec.Pcmu)[i % 200], all[i]);
    }

    [Fact]
    public void An_empty_sound_is_over_at_once() => Assert.False(new Sound([]).PlayEndless().Read(AudioCodec.Pcma, new byte[160]));

    public static TheoryData<string, double[], int[]> Cadences => new()
    {
        { "ringback", [400, 450], [400, 200, 400, 2000] },
        { "busy", [400], [375, 375] },
        { "congestion", [400], [400, 350, 225, 525] },
        { "unobtainable", [400], [1000] },
    };

    [Theory]
    [MemberData(nameof(Cadences))]
    public void British_tones_have_their_frequencies_and_cadence(string name, double[] frequencies, int[] cadenceMs)
    {
        var sound = name switch { "ringback" => UkTones.Ringback, "busy" => UkTones.Busy, "congestion" => UkTones.Congestion, _ => UkTones.Unobtainable };
        Assert.Equal(cadenceMs.Sum(), sound.Duration.TotalMilliseconds);
        var linear = new short[sound.Length];
        G711.Decode(AudioCodec.Pcma, sound.Encoded(AudioCodec.Pcma), linear);
        int at = 0;
        for (int part = 0; part < cadenceMs.Length; part++)
        {
            var block = linear.AsSpan(at * 8, cadenceMs[part] * 8);
            at += cadenceMs[part];
            double peak = 0;
            foreach (short sample in block) peak = Math.Max(peak, Math.Abs((double)sample));
            if (part % 2 == 1) { Assert.InRange(peak, 0, 8); continue; }
            foreach (double frequency in frequencies)
                Assert.InRange(20 * Math.Log10(Goertzel.Amplitude(block, frequency).Magnitude / short.MaxValue) + 3.14, -21, -14);
            Assert.InRange(Goertzel.Amplitude(block, 1000).Magnitude, 0, 60);
        }
    }

    [Theory]
    [InlineData(AudioCodec.Pcma)]
    [InlineData(AudioCodec.Pcmu)]
    public void The_detector_measures_frequency_and_level(AudioCodec codec)
    {
        var detector = new ToneDetector(440);
        Feed(detector, ToneGenerator.Sine(441.5, 1000, -12), codec);
        Assert.InRange(detector.FrequencyHz, 441.3, 441.7);
        Assert.InRange(detector.LevelDbm0, -12.3, -11.7);
        Assert.Equal((1000L, 0, 0), (detector.HeardMs, detector.Gaps, detector.Discontinuities));
    }

    [Fact]
    public void The_detector_hears_gaps_and_not_other_tones()
    {
        var detector = new ToneDetector(440);
        Feed(detector, ToneGenerator.Cadence(-10, new(200, 440), new(100), new(200, 1000), new(200, 440), new(60), new(100, 440)), AudioCodec.Pcma);
        Assert.Equal((500L, 2, 300), (detector.HeardMs, detector.Gaps, detector.LongestGapMs));
        var silence = new ToneDetector(440);
        Feed(silence, new short[8000], AudioCodec.Pcmu);
        Assert.Equal((0L, 50L), (silence.HeardMs, silence.Packets));
        Assert.Equal(double.NegativeInfinity, silence.LevelDbm0);
    }

    [Fact]
    public void The_detector_counts_what_is_missing()
    {
        var detector = new ToneDetector(400);
        Feed(detector, ToneGenerator.Sine(400, 200), AudioCodec.Pcma);
        Feed(detector, ToneGenerator.Sine(400, 200), AudioCodec.Pcma, timestamp: 2000);
        Assert.Equal((1, 400L), (detector.Discontinuities, detector.HeardMs));
    }

    private static void Feed(ToneDetector detector, short[] samples, AudioCodec codec, uint timestamp = 0)
    {
        var buffer = new byte[64 + 160];
        for (int at = 0; at < samples.Length; at += 160)
        {
            G711.Encode(codec, samples.AsSpan(at, 160), buffer.AsSpan(64));
            detector.OnAudio(new AudioFrame(buffer, 64, 160, codec, timestamp + (uint)at, false));
        }
    }
}
