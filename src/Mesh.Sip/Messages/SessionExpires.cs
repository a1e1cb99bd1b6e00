using Mesh.Sip.Wire;

namespace Mesh.Sip.Messages;

/// <summary>Session-Expires (RFC 4028 section 4): how long a session lasts without a refresh, and who refreshes it.</summary>
/// <param name="Seconds">The interval; a number too large is the largest.</param>
/// <param name="Refresher">Null when not written.</param>
public readonly record struct SessionExpires(uint Seconds, Refresher? Refresher) : IHeaderValue<SessionExpires>
{
    public static bool TryParse(SipText text, out SessionExpires value)
    {
        value = default;
        if (!ParameterizedToken.TryRead(text, Octet.Digit, out var seconds, out var parameters)) return false;
        if (!Grammar.TrySeconds(seconds.Span, out uint interval)) return false;
        var refresher = parameters["refresher"u8];
        value = new SessionExpires(interval,
            refresher.IsIgnoringCase("uac"u8) ? Messages.Refresher.Uac : refresher.IsIgnoringCase("uas"u8) ? Messages.Refresher.Uas : null);
        return true;
    }

    public override string ToString() => Refresher switch
    {
        Messages.Refresher.Uac => $"{Seconds};refresher=uac",
        Messages.Refresher.Uas => $"{Seconds};refresher=uas",
        _ => $"{Seconds}",
    };
}
