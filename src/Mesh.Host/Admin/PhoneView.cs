namespace Mesh.Host.Admin;

/// <summary>A phone account, as <c>/api/phones</c> shows it: also those that are not registered.</summary>
/// <param name="Technology">sip or iax2.</param>
public sealed record PhoneView(string Account, string Technology, bool Registered, IReadOnlyList<ContactView> Contacts);

/// <summary>One place a phone is registered from.</summary>
/// <param name="Uri">The contact as the phone gave it.</param>
/// <param name="Received">Where its packets come from.</param>
/// <param name="ExpiresInSeconds">Until it lapses unless refreshed.</param>
public sealed record ContactView(string Uri, string Received, string UserAgent, int ExpiresInSeconds)
{
    /// <summary>The same for one device on all sites.</summary>
    public string Device { get; init; } = "";
}
