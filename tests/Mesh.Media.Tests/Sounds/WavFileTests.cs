using System.Buffers.Binary;
using Mesh.Media.Codecs;

namespace Mesh.Media.Tests.Sounds;

public sealed class WavFileTests
{
    [Fact]
    public void Written_is_read_again()
    {
        var samples = ToneGenerator.Sine(1000, 30);
        var wav = Read(new WavFile(samples, 8000).Write());
        Assert.Equal(8000, wav.Rate);
        Assert.Equal(samples, wav.Samples);
    }

    [Theory]
    [InlineData(6, AudioCodec.Pcma)]
    [InlineData(7, AudioCodec.Pcmu)]
    public void G711_is_read(int tag, AudioCodec codec)
    {
        var codes = Enumerable.Range(0, 256).Select(i => (byte)i).ToArray();
        var linear = new short[256];
        G711.Decode(codec, codes, linear);
        Assert.Equal(linear, Read(Riff(("fmt ", Format(tag, 1, 8000, 8)), ("LIST", [1, 2, 3]), ("data", codes))).Samples);
    }

    [Theory]
    [InlineData(8000)]
    [InlineData(16000)]
    [InlineData(44100)]
    public void Any_rate_sounds_the_same_at_8_kHz(int rate)
    {
        var samples = new short[rate];
        for (int i = 0; i < rate; i++)
            samples[i] = (short)(8000 * Math.Sin(2 * Math.PI * 1000 * i / rate) + (rate > 8000 ? 8000 * Math.Sin(2 * Math.PI * 6000 * i / rate) : 0));
        var sound = new WavFile(samples, rate).ToSound();
        Assert.InRange(sound.Duration.TotalMilliseconds, 999, 1001);
        var linear = new short[sound.Length];
        G711.Decode(AudioCodec.Pcma, sound.Encoded(AudioCodec.Pcma), linear);
        var middle = linear.AsSpan(800, 6400);
        Assert.InRange(Goertzel.Amplitude(middle, 1000).Magnitude, 7800, 8200);
        // 6 kHz would fold back to 2 kHz.
        Assert.InRange(Goertzel.Amplitude(middle, 2000).Magnitude, 0, 40);
    }

    [Fact]
    public void Each_wrong_file_is_told_what_is_wrong_with_it()
    {
        Assert.Equal("this is not a RIFF WAVE file", Error([1, 2, 3]));
        Assert.Equal("it has 2 channels; one is wanted", Error(Riff(("fmt ", Format(1, 2, 8000, 16)), ("data", new byte[4]))));
        Assert.Equal("its PCM samples have 24 bits; 16 are wanted", Error(Riff(("fmt ", Format(1, 1, 8000, 24)), ("data", new byte[4]))));
        Assert.Equal("its format 85 is neither PCM (1), A-law (6) nor u-law (7)", Error(Riff(("fmt ", Format(85, 1, 8000, 16)), ("data", new byte[4]))));
        Assert.Equal("its rate is 96000 Hz; 8000 to 48000 is wanted", Error(Riff(("fmt ", Format(1, 1, 96000, 16)), ("data", new byte[4]))));
        Assert.Equal("it has no data chunk", Error(Riff(("fmt ", Format(1, 1, 8000, 16)))));
        Assert.Equal("it has no fmt chunk", Error(Riff(("LIST", new byte[4]))));
        Assert.Equal("its data comes before its fmt chunk", Error(Riff(("data", new byte[4]), ("fmt ", Format(1, 1, 8000, 16)))));
        Assert.Equal("its fmt chunk is cut short", Error(Riff(("fmt ", new byte[10]))));
    }

    [Fact]
    public void No_cut_or_mutated_file_throws()
    {
        var whole = new WavFile(ToneGenerator.Sine(1000, 20), 8000).Write();
        for (int length = 0; length <= whole.Length; length++) WavFile.TryRead(whole.AsSpan(0, length), out _, out _);
        var chance = new SeededChance(5);
        for (int i = 0; i < 20_000; i++)
        {
            var mutated = whole.ToArray();
            for (int n = 0; n < 3; n++) mutated[chance.NextInt32(60)] = (byte)chance.NextInt32(256);
            WavFile.TryRead(mutated, out _, out _);
        }
    }

    private static WavFile Read(byte[] file)
    {
        Assert.True(WavFile.TryRead(file, out var wav, out string? error), error);
        return wav;
    }

    private static string Error(byte[] file)
    {
        Assert.False(WavFile.TryRead(file, out _, out string? error));
        return error;
    }

    private static byte[] Format(int tag, int channels, int rate, int bits)
    {
        var f = new byte[16];
        BinaryPrimitives.WriteUInt16LittleEndian(f, (ushort)tag);
        BinaryPrimitives.WriteUInt16LittleEndian(f.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(f.AsSpan(4), rate);
        BinaryPrimitives.WriteUInt16LittleEndian(f.AsSpan(14), (ushort)bits);
        return f;
    }

    private static byte[] Riff(params (string Id, byte[] Body)[] chunks)
    {
        var file = new List<byte>("RIFF\0\0\0\0WAVE"u8.ToArray());
        foreach (var (id, body) in chunks)
        {
            file.AddRange(System.Text.Encoding.ASCII.GetBytes(id));
            file.AddRange(BitConverter.GetBytes(body.Length));
            file.AddRange(body);
            if (body.Length % 2 == 1) file.Add(0);
        }
        return [.. file];
    }
}
