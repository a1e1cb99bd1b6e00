using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>A binding to keep at a registrar (RFC 3261 section 10).</summary>
/// <param name="Registrar">The Request-URI: <c>sip:example.com</c>, no user.</param>
/// <param name="AddressOfRecord">Who is registered: <c>sip:301@example.com</c>.</param>
public sealed record RegistrationOrder(SipUri Registrar, SipUri AddressOfRecord)
{
    public SipAccount? Credentials { get; init; }

    /// <summary>Seconds to ask for.</summary>
    public int ExpiresSeconds { get; init; } = 300;

    /// <summary>User part of our Contact; null for that of the address of record.</summary>
    public string? ContactUser { get; init; }

    /// <summary>Parameters behind our Contact, from the first semicolon: <c>;+sip.instance="&lt;urn:uuid:...&gt;";reg-id=1</c>.</summary>
    public string ContactParameters { get; init; } = "";

    /// <summary>Where to send, whatever the URI says.</summary>
    public SipFlow? Flow { get; init; }

    /// <summary>How long to wait after a failure, milliseconds; doubled with each up to <see cref="MaxRetryMs"/>, with chance so that a thousand phones do not come back at once.</summary>
    public int RetryMs { get; init; } = 5_000;

    public int MaxRetryMs { get; init; } = 120_000;
}

/// <summary>Hears how a registration fares, on the loop.</summary>
public interface IRegistrationHandler
{
    /// <param name="seconds">What the registrar granted; refreshed before that is over.</param>
    void OnRegistered(OutboundRegistration registration, int seconds);

    /// <summary>Refused, or no answer (408, 503); it is tried again.</summary>
    void OnRefused(OutboundRegistration registration, SipStatus status);

    /// <summary>The answer to <see cref="OutboundRegistration.Stop"/>, whatever it was.</summary>
    void OnUnregistered(OutboundRegistration registration) { }
}
