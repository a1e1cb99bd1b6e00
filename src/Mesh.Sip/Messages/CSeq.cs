using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>A sequence number, below 2^31, and a method (RFC 3261 section 20.16).</summary>
public readonly record struct CSeq(uint Number, SipMethod Method) : IHeaderValue<CSeq>
{
    public const uint Largest = int.MaxValue;

    public static bool TryParse(SipText text, out CSeq cseq)
    {
        cseq = default;
        var octets = text.Span;
        octets = octets[..Grammar.TrimEnd(octets, octets.Length)];
        int start = Grammar.SkipWhite(octets, 0), end = Grammar.SkipAll(octets, start, Octet.Digit);
        int method = Grammar.SkipWhite(octets, end);
        if (method == end || !Grammar.TryNumber(octets[start..end], Largest, out uint number)) return false;
        if (!SipMethod.TryParse(octets[method..], out var name)) return false;
        cseq = new CSeq(number, name);
        return true;
    }

    public override string ToString() => $"{Number} {Method}";
}
