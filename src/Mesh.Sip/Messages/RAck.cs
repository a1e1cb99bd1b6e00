using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>RAck (RFC 3262 section 7.2): which provisional response a PRACK acknowledges.</summary>
public readonly record struct RAck(uint RSeq, CSeq CSeq) : IHeaderValue<RAck>
{
    public static bool TryParse(SipText text, out RAck value)
    {
        value = default;
        var octets = text.Span;
        int start = Grammar.SkipWhite(octets, 0), end = Grammar.SkipAll(octets, start, Octet.Digit);
        if (!Grammar.TryNumber(octets[start..end], uint.MaxValue, out uint number)) return false;
        if (Grammar.SkipWhite(octets, end) == end || !CSeq.TryParse(text.Slice(end, text.Length), out var cseq)) return false;
        value = new RAck(number, cseq);
        return true;
    }

    public override string ToString() => $"{RSeq} {CSeq}";
}
