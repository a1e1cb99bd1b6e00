namespace Mesh.Host.Config.Model;

/// <summary>Where a site listens; every address is filled in.</summary>
/// <param name="Sip">At least one; the transports this version does not serve are left out.</param>
/// <param name="Rtp">UDP ports on the site's own address.</param>
public sealed record ListenConfig(IReadOnlyList<ListenAddress> Sip, ListenAddress Iax2, PortRange Rtp, ListenAddress Admin)
{
    /// <summary>The public status page.</summary>
    public required ListenAddress Status { get; init; }

    /// <summary>The admin listener of a second process, which runs without calls; null: there is none.</summary>
    public ListenAddress? Second { get; init; }

    /// <summary>What says sorry for what is down.</summary>
    public SorryListenConfig Sorry { get; init; } = new(null, null, null);

    /// <summary>Where customers upload pages and switch them, http or https; null: nowhere.</summary>
    public ListenAddress? Customers { get; init; }
}
