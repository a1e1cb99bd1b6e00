using Mesh.Media.Codecs;

namespace Mesh.Media.Tests.Codecs;

/// <summary>ITU-T G.711: tables 1a, 1b (A-law) and 2a, 2b (u-law), and what follows from them.</summary>
public sealed class G711Tests
{
    /// <summary>Decoder output values of the tables, scaled to 16 bits; the codes as they are on the line.</summary>
    [Theory]
    [InlineData(0xD5, 8)]            // A-law: the smallest positive, value 1 of 4096
    [InlineData(0x55, -8)]
    [InlineData(0xAA, 32256)]        // the largest: 4032
    [InlineData(0x2A, -32256)]
    [InlineData(0xC5, 264)]          // first of segment 2: 33
    [InlineData(0x80, 5504)]
    public void Alaw_decodes_as_table_1(int code, int linear) => Assert.Equal(linear, Alaw.Decode((byte)code));

    [Theory]
    [InlineData(0xFF, 0)]
    [InlineData(0x7F, 0)]
    [InlineData(0x80, 32124)]        // the largest: 8031
    [InlineData(0x00, -32124)]
    [InlineData(0xFE, 8)]            // 2
    [InlineData(0xEF, 132)]          // 33: first of segment 2
    [InlineData(0x8F, 16764)]        // 4191: first of segment 8
    public void Ulaw_decodes_as_table_2(int code, int linear) => Assert.Equal(linear, Ulaw.Decode((byte)code));

    [Theory]
    [InlineData(0, 0xD5, 0xFF)]
    [InlineData(-1, 0x55, 0x7F)]
    [InlineData(1000, 0xFA, 0xCE)]
    [InlineData(-1000, 0x7A, 0x4E)]
    [InlineData(32767, 0xAA, 0x80)]
    [InlineData(-32768, 0x2A, 0x00)]
    [InlineData(12345, 0xBD, 0x97)]
    public void Encodes_the_golden_samples(short linear, int alaw, int ulaw)
    {
        Assert.Equal(alaw, Alaw.Encode(linear));
        Assert.Equal(ulaw, Ulaw.Encode(linear));
    }

    [Fact]
    public void A_decoded_code_encodes_to_itself()
    {
        for (int code = 0; code < 256; code++)
        {
            Assert.Equal(code, Alaw.Encode(Alaw.Decode((byte)code)));
            // u-law has two zeros; the negative one is received but not made.
            if (code != 0x7F) Assert.Equal(code, Ulaw.Encode(Ulaw.Decode((byte)code)));
        }
    }

    [Fact]
    public void Quantizing_again_changes_nothing_and_never_goes_backwards()
    {
        short lastA = short.MinValue, lastU = short.MinValue;
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            short a = Alaw.Decode(Alaw.Encode((short)sample)), u = Ulaw.Decode(Ulaw.Encode((short)sample));
            Assert.Equal(a, Alaw.Decode(Alaw.Encode(a)));
            Assert.Equal(u, Ulaw.Decode(Ulaw.Encode(u)));
            Assert.True(a >= lastA && u >= lastU, $"not monotonic at {sample}");
            (lastA, lastU) = (a, u);
        }
    }

    [Fact]
    public void The_error_stays_within_half_a_step_of_the_segment()
    {
        for (int sample = short.MinValue; sample <= short.MaxValue; sample++)
        {
            int magnitude = Math.Abs(sample);
            // A-law: 32 (of 65536) in the first two segments, then doubling; u-law: the biased magnitude doubles from 8.
            int alawStep = Math.Max(16, (int)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)magnitude + 1) / 32));
            int ulawStep = Math.Max(8, (int)(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)magnitude + 133) / 32));
            Assert.InRange(Math.Abs(Alaw.Decode(Alaw.Encode((short)sample)) - sample), 0, alawStep);
            if (magnitude <= 32635) Assert.InRange(Math.Abs(Ulaw.Decode(Ulaw.Encode((short)sample)) - sample), 0, ulawStep);
        }
    }

    [Fact]
    public void Transcoding_there_and_back_settles_after_one_round()
    {
        var once = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var original = once.ToArray();
        G711.Transcode(once, AudioCodec.Pcma, AudioCodec.Pcmu);
        for (int i = 0; i < 256; i++) Assert.Equal(Ulaw.Encode(Alaw.Decode(original[i])), once[i]);
        G711.Transcode(once, AudioCodec.Pcmu, AudioCodec.Pcma);
        var twice = once.ToArray();
        G711.Transcode(twice, AudioCodec.Pcma, AudioCodec.Pcmu);
        G711.Transcode(twice, AudioCodec.Pcmu, AudioCodec.Pcma);
        Assert.Equal(once, twice);
        // Silence stays silence.
        Assert.InRange(Alaw.Decode(once[0xD5]), (short)-8, (short)8);
    }

    [Fact]
    public void The_same_law_is_left_alone()
    {
        byte[] samples = [1, 2, 3, 250];
        G711.Transcode(samples, AudioCodec.Pcmu, AudioCodec.Pcmu);
        Assert.Equal([1, 2, 3, 250], samples);
    }
}
