namespace Mesh.Sip.Wire;

/// <summary>Joins folded header lines: a line end followed by white space, with the white space around it, is one space (RFC 3261 section 7.3.1).</summary>
internal static class Unfolding
{
    /// <summary>Writes <paramref name="wire"/> with its first <paramref name="headersEnd"/> octets unfolded; <paramref name="target"/> is as long as <paramref name="wire"/>. Returns how much was written.</summary>
    public static int Write(ReadOnlySpan<byte> wire, int headersEnd, Span<byte> target)
    {
        int written = 0;
        for (int at = 0; at < headersEnd;)
        {
            if (!IsFold(wire, at, headersEnd)) { target[written++] = wire[at++]; continue; }
            written = Grammar.TrimEnd(target, written);
            at = Grammar.SkipWhite(wire[..headersEnd], at + 2);
            target[written++] = (byte)' ';
        }
        wire[headersEnd..].CopyTo(target[written..]);
        return written + wire.Length - headersEnd;
    }

    private static bool IsFold(ReadOnlySpan<byte> wire, int at, int end) =>
        wire[at] == '\r' && at + 2 < end && wire[at + 1] == '\n' && wire[at + 2] is (byte)' ' or (byte)'\t';
}
