using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>RSeq (RFC 3262 section 7.1): the number of a reliable provisional response, 1 to 2^32-1.</summary>
public readonly record struct RSeq(uint Number) : IHeaderValue<RSeq>
{
    public static bool TryParse(SipText text, out RSeq value)
    {
        bool read = Grammar.TryNumber(text.Span.Trim(" \t"u8), uint.MaxValue, out uint number) && number > 0;
        value = new RSeq(number);
        return read;
    }

    public override string ToString() => $"{Number}";
}
