using Mesh.Media.Codecs;
using Mesh.Media.Jitter;

namespace Mesh.Media.Tests.Jitter;

public class ConcealmentTests
{
    private const int Frame = 160;

    [Theory]
    [InlineData(100)]
    [InlineData(125)]
    [InlineData(180)]
    [InlineData(400)]
    [InlineData(1000)]
    public void A_lost_frame_of_a_voice_goes_on_with_its_pitch(int hertz)
    {
        var truth = Voice(hertz, 40);
        var played = Play(truth, lost: n => n is 20);
        // Much nearer to what was said than silence, or the frame before repeated, would be.
        Assert.InRange(Error(truth, played, 20, 1), 0, 0.15);
        Assert.InRange(Error(truth, Play(truth, n => n is 20, silent: true), 20, 1), 0.9, 1.1);
        // And nothing is left of it two frames on.
        Assert.InRange(Error(truth, played, 22, 10), 0, 0.001);
    }

    [Fact]
    public void What_is_made_up_is_silent_after_sixty_milliseconds()
    {
        var played = Play(Voice(150, 30), lost: n => n >= 10);
        double Energy(int frame) => played.Skip(frame * Frame).Take(Frame).Sum(s => (double)s * s);
        Assert.True(Energy(10) > Energy(9) * 0.6);
        Assert.True(Energy(11) < Energy(10));
        Assert.True(Energy(12) < Energy(11) / 2);
        Assert.InRange(Energy(13), 0, Energy(9) / 10_000);
    }

    /// <summary>A step in the wave is a click: none is larger than the wave's own.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nothing_clicks_where_the_made_up_begins_and_ends(int frames)
    {
        var truth = Voice(140, 60);
        int Steepest(short[] wave) => wave.Zip(wave.Skip(1)).Skip(Frame).Max(two => Math.Abs(two.Second - two.First));
        int natural = Steepest(truth);
        for (int at = 10; at < 40; at += 3) Assert.InRange(Steepest(Play(truth, n => n >= at && n < at + frames)), 0, natural * 1.35);
    }

    [Fact]
    public void Noise_and_silence_stay_what_they_are()
    {
        var chance = new SeededChance(3);
        var noise = new short[Frame * 40];
        for (int i = 0; i < noise.Length; i++) noise[i] = (short)(chance.NextInt32(4_000) - 2_000);
        var played = Play(noise, lost: n => n == 20);
        double loud = played.Skip(20 * Frame).Take(Frame).Average(s => Math.Abs((double)s));
        Assert.InRange(loud, 500, 1_400);
        Assert.All(Play(new short[Frame * 20], n => n is 5 or 6), s => Assert.InRange((int)s, -16, 16));
    }

    [Fact]
    public void Made_up_before_anything_was_heard_is_silence()
    {
        var concealment = new Concealment();
        var codes = new byte[Frame];
        concealment.Conceal(AudioCodec.Pcma, codes);
        var linear = new short[Frame];
        G711.Decode(AudioCodec.Pcma, codes, linear);
        Assert.All(linear, s => Assert.InRange((int)s, -16, 16));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var concealment = new Concealment();
        var codes = new byte[Frame];
        G711.Encode(AudioCodec.Pcma, Voice(140, 1), codes);
        concealment.Heard(AudioCodec.Pcma, codes);
        concealment.Conceal(AudioCodec.Pcma, codes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++)
        {
            if (i % 3 == 0) concealment.Conceal(AudioCodec.Pcma, codes);
            else concealment.Heard(AudioCodec.Pcma, codes);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    /// <summary>Something with the harmonics of a voice, slowly changing.</summary>
    private static short[] Voice(double hertz, int frames)
    {
        var wave = new short[frames * Frame];
        for (int i = 0; i < wave.Length; i++)
        {
            double t = i / 8000.0, x = 0;
            for (int harmonic = 1; harmonic * hertz < 2000 && harmonic <= 5; harmonic++) x += Math.Sin(2 * Math.PI * harmonic * hertz * t + harmonic) / harmonic;
            wave[i] = (short)(5000 * x);
        }
        return wave;
    }

    private static short[] Play(short[] truth, Func<int, bool> lost, bool silent = false)
    {
        var concealment = new Concealment();
        var played = new short[truth.Length];
        var codes = new byte[Frame];
        for (int n = 0; n < truth.Length / Frame; n++)
        {
            if (lost(n))
            {
                if (silent) Array.Fill(codes, G711.Silence(AudioCodec.Pcma));
                else concealment.Conceal(AudioCodec.Pcma, codes);
            }
            else
            {
                G711.Encode(AudioCodec.Pcma, truth.AsSpan(n * Frame, Frame), codes);
                if (!silent) concealment.Heard(AudioCodec.Pcma, codes);
            }
            G711.Decode(AudioCodec.Pcma, codes, played.AsSpan(n * Frame, Frame));
        }
        return played;
    }

    /// <summary>The energy of the difference over the energy of the truth.</summary>
    private static double Error(short[] truth, short[] played, int fromFrame, int frames)
    {
        double error = 0, energy = 0;
        for (int i = fromFrame * Frame; i < (fromFrame + frames) * Frame; i++)
        {
            error += Math.Pow(truth[i] - played[i], 2);
            energy += Math.Pow(truth[i], 2);
        }
        return error / energy;
    }
}
