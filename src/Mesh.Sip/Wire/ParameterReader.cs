namespace Mesh.Sip.Wire;

/// <summary>
/// Walks <c>;name=value;name</c>. Outside URIs white space may stand around every sign and values may be quoted (generic-param, RFC 3261 section 25.1);
/// in a URI neither (uri-parameter).
/// </summary>
internal ref struct ParameterReader(ReadOnlySpan<byte> text, int at, bool inUri = false)
{
    private readonly ReadOnlySpan<byte> text = text;
    private int at = at;

    public int NameStart, NameEnd, ValueStart, ValueEnd;

    /// <summary>The text went on with something that is no parameter.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Where reading stopped.</summary>
    public readonly int At => at;

    public readonly bool HasValue => ValueStart >= 0;

    public bool Next()
    {
        at = Grammar.SkipWhite(text, at);
        if (at >= text.Length) return false;
        if (text[at] != ';') { IsBroken = true; return false; }
        NameStart = inUri ? at + 1 : Grammar.SkipWhite(text, at + 1);
        NameEnd = Grammar.SkipAll(text, NameStart, inUri ? Octet.UriParameter : Octet.Token);
        if (NameEnd == NameStart) { IsBroken = true; return false; }
        at = inUri ? NameEnd : Grammar.SkipWhite(text, NameEnd);
        ValueStart = -1;
        if (at < text.Length && text[at] == '=') ReadValue();
        return !IsBroken;
    }

    private void ReadValue()
    {
        ValueStart = inUri ? at + 1 : Grammar.SkipWhite(text, at + 1);
        ValueEnd = !inUri && ValueStart < text.Length && text[ValueStart] == '"'
            ? Grammar.SkipQuoted(text, ValueStart)
            : Grammar.SkipAll(text, ValueStart, inUri ? Octet.UriParameter : Octet.Value);
        IsBroken = ValueEnd <= ValueStart;
        at = IsBroken ? ValueStart : ValueEnd;
    }
}
