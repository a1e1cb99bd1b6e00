using System.Buffers.Text;

namespace Mesh.Sip;

/// <summary>The random numbers we put into tags, branches and Call-IDs: sixteen hexadecimal digits, so that what comes back is found by number and not by text.</summary>
internal static class SipNumber
{
    public static void Write(ulong number, Span<byte> sixteen)
    {
        for (int i = 15; i >= 0; i--, number >>= 4) sixteen[i] = "0123456789abcdef"u8[(int)(number & 15)];
    }

    /// <summary>Reads what <see cref="Write"/> wrote; 0 for anything else.</summary>
    public static ulong Read(ReadOnlySpan<byte> text)
    {
        if (text.Length != 16 || !Utf8Parser.TryParse(text, out ulong number, out int used, 'x') || used != 16) return 0;
        return text.IndexOfAnyInRange((byte)'A', (byte)'F') < 0 ? number : 0;
    }
}
