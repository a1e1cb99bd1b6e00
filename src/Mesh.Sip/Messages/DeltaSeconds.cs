using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>A number of seconds by itself, or with parameters nobody needs: Expires, Min-Expires, Min-SE (RFC 3261 section 20.19, RFC 4028 section 5).</summary>
/// <param name="Seconds">A number too large is the largest.</param>
public readonly record struct DeltaSeconds(uint Seconds) : IHeaderValue<DeltaSeconds>
{
    public static bool TryParse(SipText text, out DeltaSeconds value)
    {
        bool read = ParameterizedToken.TryRead(text, Octet.Digit, out var digits, out _);
        value = read && Grammar.TrySeconds(digits.Span, out uint seconds) ? new DeltaSeconds(seconds) : default;
        return read;
    }

    public override string ToString() => $"{Seconds}";
}
