using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using Mesh.Media.Codecs;

namespace Mesh.Media.Sounds;

/// <summary>
/// Mono speech in a RIFF WAVE file: 16-bit PCM, A-law or u-law, 8 to 48 kHz. Reading tells in a sentence what is wrong with any other file.
/// </summary>
public sealed class WavFile(short[] samples, int rate)
{
    private const ushort Pcm = 1, AlawFormat = 6, UlawFormat = 7, Extensible = 0xFFFE;
    private const int HeaderSize = 44;

    /// <summary>16-bit linear.</summary>
    public IReadOnlyList<short> Samples => samples;

    /// <summary>Samples a second.</summary>
    public int Rate { get; } = rate;

    /// <summary>At 8 kHz and encoded, ready to play.</summary>
    public Sound ToSound() => new(Resampler.ToClockRate(samples, Rate));

    public static bool TryRead(ReadOnlySpan<byte> file, [NotNullWhen(true)] out WavFile? wav, [NotNullWhen(false)] out string? error)
    {
        wav = null;
        error = Read(file, out var format, out var data);
        if (error is not null) return false;
        var samples = new short[format.BitsPerSample == 16 ? data.Length / 2 : data.Length];
        if (format.Tag == AlawFormat) G711.Decode(AudioCodec.Pcma, data, samples);
        else if (format.Tag == UlawFormat) G711.Decode(AudioCodec.Pcmu, data, samples);
        else for (int i = 0; i < samples.Length; i++) samples[i] = BinaryPrimitives.ReadInt16LittleEndian(data[(2 * i)..]);
        wav = new WavFile(samples, format.Rate);
        return true;
    }

    /// <summary>A file of 16-bit PCM.</summary>
    public byte[] Write()
    {
        var file = new byte[HeaderSize + 2 * samples.Length];
        var f = file.AsSpan();
        "RIFF"u8.CopyTo(f);
        BinaryPrimitives.WriteInt32LittleEndian(f[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(f[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(f[16..], 16);
        BinaryPrimitives.WriteUInt16LittleEndian(f[20..], Pcm);
        BinaryPrimitives.WriteUInt16LittleEndian(f[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(f[24..], Rate);
        BinaryPrimitives.WriteInt32LittleEndian(f[28..], 2 * Rate);
        BinaryPrimitives.WriteUInt16LittleEndian(f[32..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(f[34..], 16);
        "data"u8.CopyTo(f[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(f[40..], 2 * samples.Length);
        for (int i = 0; i < samples.Length; i++) BinaryPrimitives.WriteInt16LittleEndian(f[(HeaderSize + 2 * i)..], samples[i]);
        return file;
    }

    private static string? Read(ReadOnlySpan<byte> file, out Format format, out ReadOnlySpan<byte> data)
    {
        format = default;
        data = default;
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file.Slice(8, 4).SequenceEqual("WAVE"u8)) return "this is not a RIFF WAVE file";
        bool known = false;
        for (var rest = file[12..]; rest.Length >= 8; )
        {
            uint announced = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            // A recorder that was killed leaves a length that is too long, or none: take what is there.
            int length = (int)Math.Min(announced, (uint)(rest.Length - 8));
            var body = rest.Slice(8, length);
            if (rest[..4].SequenceEqual("fmt "u8))
            {
                if (!Format.TryRead(body, out format)) return "its fmt chunk is cut short";
                if (format.Refusal is { } refusal) return refusal;
                known = true;
            }
            else if (rest[..4].SequenceEqual("data"u8))
            {
                data = body;
                return known ? null : "its data comes before its fmt chunk";
            }
            rest = rest[Math.Min(rest.Length, 8 + length + (length & 1))..];
        }
        return known ? "it has no data chunk" : "it has no fmt chunk";
    }

    /// <summary>The fmt chunk.</summary>
    private readonly record struct Format(ushort Tag, int Channels, int Rate, int BitsPerSample)
    {
        public string? Refusal => this switch
        {
            { Tag: not (Pcm or AlawFormat or UlawFormat) } => $"its format {Tag} is neither PCM (1), A-law (6) nor u-law (7)",
            { Channels: not 1 } => $"it has {Channels} channels; one is wanted",
            { Rate: < 8000 or > 48000 } => $"its rate is {Rate} Hz; 8000 to 48000 is wanted",
            { Tag: Pcm, BitsPerSample: not 16 } => $"its PCM samples have {BitsPerSample} bits; 16 are wanted",
            { Tag: not Pcm, BitsPerSample: not 8 } => $"its G.711 samples have {BitsPerSample} bits; 8 are wanted",
            _ => null,
        };

        public static bool TryRead(ReadOnlySpan<byte> body, out Format format)
        {
            format = default;
            if (body.Length < 16) return false;
            ushort tag = BinaryPrimitives.ReadUInt16LittleEndian(body);
            if (tag == Extensible)
            {
                if (body.Length < 26) return false;
                tag = BinaryPrimitives.ReadUInt16LittleEndian(body[24..]);
            }
            format = new Format(
                tag, BinaryPrimitives.ReadUInt16LittleEndian(body[2..]), BinaryPrimitives.ReadInt32LittleEndian(body[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(body[14..]));
            return true;
        }
    }
}
