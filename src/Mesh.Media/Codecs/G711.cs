using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mesh.Media.Codecs;

/// <summary>
/// G.711 by the packet: to and from 16-bit linear, and straight from one law to the other. Tables are computed once from the definitions in
/// <see cref="Alaw"/> and <see cref="Ulaw"/>. One octet is one sample of an 8 kHz clock.
/// </summary>
public static class G711
{
    private static readonly short[] AlawLinear = Table(Alaw.Decode);
    private static readonly short[] UlawLinear = Table(Ulaw.Decode);
    private static readonly byte[] UlawOfAlaw = Table(code => Ulaw.Encode(Alaw.Decode(code)));
    private static readonly byte[] AlawOfUlaw = Table(code => Alaw.Encode(Ulaw.Decode(code)));

    /// <summary>The octet that means silence on the line.</summary>
    public static byte Silence(AudioCodec codec) => codec == AudioCodec.Pcmu ? (byte)0xFF : (byte)0xD5;

    /// <summary>Rewrites <paramref name="samples"/> from one law to the other in place; the same law leaves them alone.</summary>
    public static void Transcode(Span<byte> samples, AudioCodec from, AudioCodec to)
    {
        if (from == to) return;
        // Every octet is an index of a table of 256; the compiler cannot see that and would check each one.
        ref byte table = ref MemoryMarshal.GetArrayDataReference(to == AudioCodec.Pcmu ? UlawOfAlaw : AlawOfUlaw);
        ref byte sample = ref MemoryMarshal.GetReference(samples);
        for (nint i = 0; i < samples.Length; i++)
        {
            ref byte octet = ref Unsafe.Add(ref sample, i);
            octet = Unsafe.Add(ref table, (nint)octet);
        }
    }

    /// <summary>Decodes as many samples as <paramref name="codes"/> holds; <paramref name="linear"/> must have room.</summary>
    public static void Decode(AudioCodec codec, ReadOnlySpan<byte> codes, Span<short> linear)
    {
        var table = codec == AudioCodec.Pcmu ? UlawLinear : AlawLinear;
        for (int i = 0; i < codes.Length; i++) linear[i] = table[codes[i]];
    }

    /// <summary>Encodes as many samples as <paramref name="linear"/> holds; <paramref name="codes"/> must have room.</summary>
    public static void Encode(AudioCodec codec, ReadOnlySpan<short> linear, Span<byte> codes)
    {
        if (codec == AudioCodec.Pcmu) for (int i = 0; i < linear.Length; i++) codes[i] = Ulaw.Encode(linear[i]);
        else for (int i = 0; i < linear.Length; i++) codes[i] = Alaw.Encode(linear[i]);
    }

    private static T[] Table<T>(Func<byte, T> of)
    {
        var table = new T[256];
        for (int code = 0; code < table.Length; code++) table[code] = of((byte)code);
        return table;
    }
}
