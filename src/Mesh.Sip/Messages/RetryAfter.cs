using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Retry-After (RFC 3261 section 20.33): <c>18000;duration=3600</c>, <c>120 (in a meeting)</c>.</summary>
/// <param name="Seconds">How long not to try; a number too large is the largest.</param>
/// <param name="Duration">How long the callee is reachable from then on; null for without end.</param>
public readonly record struct RetryAfter(uint Seconds, uint? Duration) : IHeaderValue<RetryAfter>
{
    public static bool TryParse(SipText text, out RetryAfter value)
    {
        value = default;
        var octets = text.Span;
        int start = Grammar.SkipWhite(octets, 0), end = Grammar.SkipAll(octets, start, Octet.Digit);
        if (!Grammar.TrySeconds(octets[start..end], out uint seconds)) return false;
        int at = Grammar.SkipWhite(octets, end);
        if (at < octets.Length && octets[at] == '(') at = Grammar.SkipComment(octets, at);
        if (at < 0) return false;
        var parameters = new SipParameters(text.Slice(at, text.Length));
        value = new RetryAfter(seconds, Grammar.TrySeconds(parameters["duration"u8].Span, out uint duration) ? duration : null);
        return true;
    }

    public override string ToString() => Duration is { } duration ? $"{Seconds};duration={duration}" : $"{Seconds}";
}
