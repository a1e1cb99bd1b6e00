using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>A request to send outside a dialog.</summary>
/// <param name="Uri">The Request-URI.</param>
public record RequestOrder(SipUri Uri)
{
    /// <summary>Value of From without a tag: <c>"Name" &lt;sip:user@host&gt;</c>.</summary>
    public required string From { get; init; }

    /// <summary>Value of To; null for the Request-URI.</summary>
    public string? To { get; init; }

    /// <summary>Where to send, whatever the URI says (the connection a phone registered over); null resolves the first route or the URI.</summary>
    public SipFlow? Flow { get; init; }

    /// <summary>Values of Route headers.</summary>
    public IReadOnlyList<string> Routes { get; init; } = [];

    public int MaxForwards { get; init; } = 70;

    /// <summary>Headers of the caller's own.</summary>
    public HeaderLines? Headers { get; init; }

    public SipBody Body { get; init; }

    /// <summary>Answers one challenge; null gives up at 401 and 407.</summary>
    public SipAccount? Credentials { get; init; }

    internal SipUri NextHop => Routes.Count > 0 && NameAddress.TryParse(SipText.From(Routes[0]), out var route) ? route.Uri : Uri;
}

/// <summary>A call to make.</summary>
public sealed record InviteOrder(SipUri Uri) : RequestOrder(Uri)
{
    /// <summary>User part of our Contact; null for none.</summary>
    public string? ContactUser { get; init; }

    /// <summary>Session interval to ask for, seconds (RFC 4028); 0 asks for none but accepts the far end's.</summary>
    public int SessionSeconds { get; init; }

    /// <summary>Require that provisional responses be reliable (RFC 3262); else that is left to the far end.</summary>
    public bool RequireReliable { get; init; }
}
