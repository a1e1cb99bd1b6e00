using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Where the parts of a URI are: <c>sip:user:password@host:port;parameters?headers</c> (RFC 3261 section 25.1).</summary>
internal struct UriParts
{
    public UriScheme Scheme;
    public Part Text, User, Password, Host, Parameters, Headers;
    public ushort Port;
    public bool HasPort;

    public static bool TryRead(byte[]? source, int start, int end, out UriParts parts)
    {
        parts = new UriParts();
        if (source is null || end > Part.Reach || end - start < 3) return false;
        var text = source.AsSpan(0, end);
        int colon = SkipScheme(text, start);
        if (colon < 0) return false;
        parts.Text = new Part(start, end);
        parts.Scheme = SchemeOf(text[start..colon]);
        return parts.Scheme switch
        {
            UriScheme.Sip or UriScheme.Sips => parts.ReadSip(text, colon + 1),
            UriScheme.Tel => parts.ReadTel(text, colon + 1),
            _ => colon + 1 < end && Grammar.SkipAll(text, colon + 1, Octet.AnyUri) == end && Grammar.EscapesAreWhole(text[start..]),
        };
    }

    private static int SkipScheme(ReadOnlySpan<byte> text, int at)
    {
        if (!char.IsAsciiLetter((char)text[at])) return -1;
        for (; at < text.Length; at++)
        {
            byte c = text[at];
            if (c == ':') return at;
            if (!char.IsAsciiLetterOrDigit((char)c) && c is not ((byte)'+' or (byte)'-' or (byte)'.')) return -1;
        }
        return -1;
    }

    private static UriScheme SchemeOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when Ascii.EqualsIgnoreCase(name, "sip"u8) => UriScheme.Sip,
        3 when Ascii.EqualsIgnoreCase(name, "tel"u8) => UriScheme.Tel,
        4 when Ascii.EqualsIgnoreCase(name, "sips"u8) => UriScheme.Sips,
        _ => UriScheme.Other,
    };

    private bool ReadSip(ReadOnlySpan<byte> text, int at)
    {
        // No part but the user information may hold an at sign, so one, wherever it is, ends it: a user may have ';', '?' and '/'.
        int sign = text[at..].IndexOf((byte)'@');
        if (sign >= 0)
        {
            if (!ReadUser(text[..(at + sign)], at)) return false;
            at += sign + 1;
        }
        int hostEnd = Grammar.SkipHost(text, at);
        if (hostEnd < 0) return false;
        Host = new Part(at, hostEnd);
        at = ReadPort(text, hostEnd);
        if (at < 0) return false;
        at = ReadParameters(text, at);
        if (at < 0) return false;
        return at == text.Length || (text[at] == '?' && ReadHeaders(text, at + 1));
    }

    private bool ReadUser(ReadOnlySpan<byte> text, int at)
    {
        int end = Grammar.SkipAll(text, at, Octet.User);
        if (end == at) return false;
        User = new Part(at, end);
        if (end < text.Length)
        {
            if (text[end] != ':' || Grammar.SkipAll(text, end + 1, Octet.User) != text.Length) return false;
            Password = new Part(end + 1, text.Length);
        }
        return Grammar.EscapesAreWhole(text[at..]);
    }

    private int ReadPort(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] != ':') return at;
        int end = Grammar.SkipAll(text, at + 1, Octet.Digit);
        if (!Grammar.TryNumber(text[(at + 1)..end], ushort.MaxValue, out uint number)) return -1;
        (Port, HasPort) = ((ushort)number, true);
        return end;
    }

    private int ReadParameters(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length || text[at] != ';') return at;
        int question = text[at..].IndexOf((byte)'?');
        int end = question < 0 ? text.Length : at + question;
        var reader = new ParameterReader(text[..end], at, inUri: true);
        while (reader.Next()) { }
        if (reader.IsBroken || !Grammar.EscapesAreWhole(text[at..end])) return -1;
        Parameters = new Part(at, end);
        return end;
    }

    private bool ReadHeaders(ReadOnlySpan<byte> text, int at)
    {
        Headers = new Part(at, text.Length);
        for (int i = at; i < text.Length; i++)
            if (!Grammar.Has(text[i], Octet.UriParameter) && text[i] is not ((byte)'=' or (byte)'?')) return false;
        return at < text.Length && Grammar.EscapesAreWhole(text[at..]);
    }

    private bool ReadTel(ReadOnlySpan<byte> text, int at)
    {
        int semicolon = text[at..].IndexOf((byte)';');
        int end = semicolon < 0 ? text.Length : at + semicolon;
        for (int i = at; i < end; i++)
            if (!char.IsAsciiHexDigit((char)text[i]) && text[i] is not ((byte)'+' or (byte)'-' or (byte)'.' or (byte)'(' or (byte)')' or (byte)'*' or (byte)'#')) return false;
        User = new Part(at, end);
        return end > at && ReadParameters(text, end) == text.Length;
    }
}
