using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>Request-Line and Status-Line (RFC 3261 sections 7.1 and 7.2): single spaces, nothing at either end.</summary>
internal struct StartLine
{
    public bool IsResponse;
    public SipMethod Method;
    public UriParts Uri;
    public int Status;
    public int PhraseStart;
    public SipFault Fault;
    public int FaultAt;

    public static StartLine Read(byte[] octets, int end, SipParserOptions options)
    {
        var line = new StartLine();
        if (octets.AsSpan(0, end).StartsWith("SIP/"u8)) line.ReadStatusLine(octets.AsSpan(0, end));
        else line.ReadRequestLine(octets, end, options);
        return line;
    }

    private void Fail(SipFault fault, int at) => (Fault, FaultAt) = (fault, at);

    private void ReadStatusLine(ReadOnlySpan<byte> line)
    {
        IsResponse = true;
        int space = line.IndexOf((byte)' ');
        if (space < 0) { Fail(SipFault.BadStartLine, 0); return; }
        if (!line[..space].SequenceEqual("SIP/2.0"u8)) { Fail(SipFault.VersionNotSupported, 0); return; }
        int end = Grammar.SkipAll(line, space + 1, Octet.Digit);
        bool isCode = end == space + 4 && (end == line.Length || line[end] == ' ');
        if (!isCode || !Grammar.TryNumber(line[(space + 1)..end], 699, out uint code) || code < 100) { Fail(SipFault.BadStatusCode, space + 1); return; }
        Status = (int)code;
        // A sender without a phrase should still send the space; some do not.
        PhraseStart = Math.Min(end + 1, line.Length);
    }

    private void ReadRequestLine(byte[] octets, int end, SipParserOptions options)
    {
        var line = octets.AsSpan(0, end);
        int space = line.IndexOf((byte)' '), last = line.LastIndexOf((byte)' ');
        if (space <= 0 || !SipMethod.TryParse(line[..space], out Method)) { Fail(SipFault.BadStartLine, 0); return; }
        if (!IsVersion(line[(last + 1)..])) { Fail(SipFault.BadStartLine, last); return; }
        if (!line[(last + 1)..].SequenceEqual("SIP/2.0"u8)) { Fail(SipFault.VersionNotSupported, last + 1); return; }
        if (last - space - 1 > options.MaxUriBytes) { Fail(SipFault.UriTooLong, space + 1); return; }
        bool read = last > space && UriParts.TryRead(octets, space + 1, last, out Uri);
        if (!read || Uri.Headers.IsPresent) Fail(SipFault.BadRequestUri, space + 1);
    }

    private static bool IsVersion(ReadOnlySpan<byte> text)
    {
        if (text.Length < 7 || !System.Text.Ascii.EqualsIgnoreCase(text[..4], "SIP/"u8)) return false;
        int major = Grammar.SkipAll(text, 4, Octet.Digit);
        if (major == 4 || major >= text.Length || text[major] != '.') return false;
        return major + 1 < text.Length && Grammar.SkipAll(text, major + 1, Octet.Digit) == text.Length;
    }
}
