using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>
/// Finds the lines of a message: start line, header lines, the empty line. A fault does not stop it, so that a request with one bad line can still be answered
/// from the good ones; the first fault is kept.
/// </summary>
internal ref struct HeaderScanner(ReadOnlySpan<byte> wire, Span<HeaderLine> lines, SipParserOptions options)
{
    private readonly ReadOnlySpan<byte> wire = wire;
    private readonly Span<HeaderLine> lines = lines;

    public int Count { get; private set; }

    public int StartLineEnd { get; private set; }

    /// <summary>Where the body starts, behind the empty line.</summary>
    public int HeadersEnd { get; private set; }

    /// <summary>Where the first folded line continues; -1 for none.</summary>
    public int FoldedAt { get; private set; } = -1;

    public SipFault Fault { get; private set; }

    public int FaultAt { get; private set; }

    public void Scan()
    {
        int at = 0;
        for (bool first = true; ; first = false)
        {
            int end = EndOfLine(at, out int next, out bool bare);
            if (end < 0) { Fail(SipFault.NoEndOfHeaders, at); HeadersEnd = wire.Length; end = next = wire.Length; }
            if (next > Math.Min(options.MaxHeaderBytes, Part.Reach)) { Fail(SipFault.HeadersTooLarge, at); HeadersEnd = at; return; }
            if (first) StartLineEnd = end;
            else if (end == at) { HeadersEnd = next; return; }
            else if (wire[at] is (byte)' ' or (byte)'\t') FoldedAt = FoldedAt < 0 ? at : FoldedAt;
            else if (!bare && !AddLine(at, end)) return;
            if (next == wire.Length) { Fail(SipFault.NoEndOfHeaders, next); HeadersEnd = next; return; }
            at = next;
        }
    }

    private void Fail(SipFault fault, int at)
    {
        if (Fault == SipFault.None) (Fault, FaultAt) = (fault, at);
    }

    /// <param name="at">Where the line starts.</param>
    /// <param name="next">Where the next one does.</param>
    /// <param name="bare">The line has a CR or LF inside: it is a fault and never given back to anybody.</param>
    private int EndOfLine(int at, out int next, out bool bare)
    {
        bare = false;
        for (int from = at; ;)
        {
            int length = wire[from..].IndexOfAny((byte)'\r', (byte)'\n');
            if (length < 0) { next = wire.Length; return -1; }
            int end = from + length;
            if (wire[end] == '\r' && end + 1 < wire.Length && wire[end + 1] == '\n') { next = end + 2; return end; }
            Fail(SipFault.BareLineEnd, end);
            bare = true;
            from = end + 1;
        }
    }

    /// <summary>False when there is no room for more.</summary>
    private bool AddLine(int at, int end)
    {
        int nameEnd = Grammar.SkipAll(wire, at, Octet.Token), colon = Grammar.SkipWhite(wire, nameEnd);
        if (nameEnd == at || nameEnd - at > byte.MaxValue || colon >= end || wire[colon] != ':') { Fail(SipFault.BadHeaderLine, at); return true; }
        if (Count == lines.Length) { Fail(SipFault.TooManyHeaders, at); HeadersEnd = at; return false; }
        int value = Math.Min(Grammar.SkipWhite(wire, colon + 1), end);
        int valueEnd = value + Grammar.TrimEnd(wire[value..end], end - value);
        lines[Count++] = new HeaderLine(HeaderTable.Find(wire[at..nameEnd]), at, nameEnd - at, value, valueEnd - value);
        return true;
    }
}
