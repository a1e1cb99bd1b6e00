using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Security;

/// <summary>Walks <c>Digest name=value, name="value"</c>: a scheme, then parameters between commas (RFC 3261 section 25.1, challenge and credentials).</summary>
internal ref struct AuthParameterReader
{
    private readonly SipText text;
    private readonly ReadOnlySpan<byte> octets;
    private int at;

    public AuthParameterReader(SipText text)
    {
        this.text = text;
        octets = text.Span;
        int start = Grammar.SkipWhite(octets, 0);
        at = Grammar.SkipAll(octets, start, Octet.Token);
        Scheme = text.Slice(Math.Min(start, at), at);
        IsBroken = at == start;
    }

    public SipText Scheme { get; }

    public readonly bool IsDigest => Scheme.IsIgnoringCase("Digest"u8);

    public bool IsBroken { get; private set; }

    public SipText Name { get; private set; }

    /// <summary>Without its quotes, otherwise as written.</summary>
    public SipText Value { get; private set; }

    public bool Next()
    {
        at = Grammar.SkipWhite(octets, at);
        while (at < octets.Length && octets[at] == ',') at = Grammar.SkipWhite(octets, at + 1);
        if (IsBroken || at >= octets.Length) return false;
        int nameEnd = Grammar.SkipAll(octets, at, Octet.Token), equals = Grammar.SkipWhite(octets, nameEnd);
        IsBroken = nameEnd == at || equals >= octets.Length || octets[equals] != '=';
        if (IsBroken) return false;
        Name = text.Slice(at, nameEnd);
        ReadValue(Grammar.SkipWhite(octets, equals + 1));
        int end = Grammar.SkipWhite(octets, Math.Max(at, 0));
        IsBroken |= end < octets.Length && octets[end] != ',';
        return !IsBroken;
    }

    private void ReadValue(int start)
    {
        bool quoted = start < octets.Length && octets[start] == '"';
        at = quoted ? Grammar.SkipQuoted(octets, start) : Grammar.SkipAll(octets, start, Octet.Value);
        IsBroken = quoted ? at < 0 : at == start;
        if (!IsBroken) Value = quoted ? text.Slice(start + 1, at - 1) : text.Slice(start, at);
    }
}
