using System.Text;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>
/// A display name, a URI and header parameters: From, To, Route, Record-Route, P-Asserted-Identity and their like (name-addr and addr-spec, RFC 3261 section 25.1).
/// Without angle brackets everything behind a semicolon belongs to the header, and a question mark or a comma is an error (section 20).
/// </summary>
public readonly struct NameAddress : IHeaderValue<NameAddress>
{
    private readonly Part text, display, parameters, tag;
    private readonly byte[]? source;

    private NameAddress(byte[]? source, Part text, Part display, Part parameters, Part tag, in UriParts uri)
    {
        (this.source, this.text, this.display, this.parameters, this.tag) = (source, text, display, parameters, tag);
        Uri = new SipUri(source, uri);
    }

    public bool IsPresent => source is not null;

    public SipText Text => text.In(source);

    public SipUri Uri { get; }

    /// <summary>The display name as written, with its quotes if it has them.</summary>
    public SipText DisplayName => display.In(source);

    /// <summary>The display name as people read it: no quotes, quoted pairs undone.</summary>
    public string DisplayText => QuotedString.Decode(DisplayName.Span);

    public SipParameters Parameters => new(parameters.In(source));

    /// <summary>The <c>tag</c> of From and To; not present in a request outside a dialog.</summary>
    public SipText Tag => tag.In(source);

    public static bool TryParse(SipText text, out NameAddress address)
    {
        address = default;
        if (text.Source is null || text.Start + text.Length > Part.Reach) return false;
        int end = text.Start + Grammar.TrimEnd(text.Span, text.Length);
        var octets = text.Source.AsSpan(0, end);
        int start = Grammar.SkipWhite(octets, text.Start);
        if (start >= end) return false;
        int angle = FindAngle(octets, start, out var display);
        if (angle < -1) return false;
        int uriStart = angle < 0 ? start : angle + 1;
        int uriEnd = angle < 0 ? EndOfBareUri(octets, start) : uriStart + octets[uriStart..].IndexOf((byte)'>');
        if (uriEnd <= uriStart || !UriParts.TryRead(text.Source, uriStart, uriEnd, out var uri)) return false;
        int at = angle < 0 ? uriEnd : uriEnd + 1;
        if (!ReadParameters(octets, at, out var parameters, out var tag)) return false;
        address = new NameAddress(text.Source, new Part(start, end), display, parameters, tag, uri);
        return true;
    }

    /// <summary>Reads an address known to be right. Throws <see cref="FormatException"/> when it is not.</summary>
    public static NameAddress Parse(string text) =>
        TryParse(SipText.From(text), out var address) ? address : throw new FormatException($"'{text}' is no SIP address");

    /// <summary>The address in an array of its own, for what outlives the message.</summary>
    public NameAddress Own() => TryParse(Text.Own(), out var address) ? address : this;

    public override string ToString() => Text.ToString();

    /// <summary>Where the URI's opening bracket is: -1 for none (addr-spec), -2 for a broken display name.</summary>
    private static int FindAngle(ReadOnlySpan<byte> octets, int start, out Part display)
    {
        display = default;
        int at = octets[start] == '"' ? Grammar.SkipQuoted(octets, start) : Grammar.SkipAll(octets, start, Octet.Display);
        if (at < 0) return -2;
        int nameEnd = octets[start] == '"' ? at : Grammar.TrimEnd(octets[..at], at);
        at = Grammar.SkipWhite(octets, at);
        if (at < octets.Length && octets[at] == '<')
        {
            if (nameEnd > start) display = new Part(start, nameEnd);
            return at;
        }
        return octets[start] == '"' ? -2 : -1;
    }

    private static int EndOfBareUri(ReadOnlySpan<byte> octets, int start)
    {
        int length = octets[start..].IndexOfAny((byte)';', (byte)' ', (byte)'\t');
        int end = length < 0 ? octets.Length : start + length;
        return octets[start..end].IndexOfAny((byte)'?', (byte)',') >= 0 ? -1 : end;
    }

    private static bool ReadParameters(ReadOnlySpan<byte> octets, int at, out Part parameters, out Part tag)
    {
        (parameters, tag) = (default, default);
        var reader = new ParameterReader(octets, at);
        while (reader.Next())
        {
            if (!parameters.IsPresent) parameters = new Part(at, octets.Length);
            if (reader.HasValue && Ascii.EqualsIgnoreCase(octets[reader.NameStart..reader.NameEnd], "tag"u8)) tag = new Part(reader.ValueStart, reader.ValueEnd);
        }
        return !reader.IsBroken;
    }
}
