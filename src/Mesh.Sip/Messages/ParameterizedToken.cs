using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>The shape many headers share: one word, then parameters.</summary>
internal static class ParameterizedToken
{
    /// <summary>Reads <c>word;name=value...</c>, white space around it allowed, and makes sure that the parameters read to the end.</summary>
    public static bool TryRead(SipText text, Octet wordOf, out SipText word, out SipParameters parameters)
    {
        var octets = text.Span;
        int start = Grammar.SkipWhite(octets, 0), end = Grammar.SkipAll(octets, start, wordOf);
        word = text.Slice(Math.Min(start, end), end);
        parameters = new SipParameters(text.Slice(end, text.Length));
        if (end <= start) return false;
        var reader = new ParameterReader(octets, end);
        while (reader.Next()) { }
        return !reader.IsBroken;
    }
}
