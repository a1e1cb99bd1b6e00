using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Subscription-State (RFC 6665 section 4.1.3).</summary>
/// <param name="State"><c>active</c>, <c>pending</c>, <c>terminated</c> or another token.</param>
/// <param name="Parameters"><c>expires</c>, <c>reason</c>, <c>retry-after</c>.</param>
public readonly record struct SubscriptionState(SipText State, SipParameters Parameters) : IHeaderValue<SubscriptionState>
{
    public bool IsTerminated => State.IsIgnoringCase("terminated"u8);

    public uint? Expires => Grammar.TrySeconds(Parameters["expires"u8].Span, out uint seconds) ? seconds : null;

    public static bool TryParse(SipText text, out SubscriptionState value)
    {
        bool read = ParameterizedToken.TryRead(text, Octet.Token, out var state, out var parameters);
        value = new SubscriptionState(state, parameters);
        return read;
    }
}
