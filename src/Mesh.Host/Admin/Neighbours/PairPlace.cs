using System.Net;
using Mesh.Host.Config.Model;
using Mesh.Io;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>Another site, and where on its admin listener it is asked.</summary>
public sealed record PairPlace(string Name, Uri Address, PairMac Mac)
{
    /// <param name="path">With its slash.</param>
    public static PairPlace Of(SiteConfig site, string path, PairMac mac) => new(site.Name, new Uri($"{site.Listen.Admin.Transport}://{Reachable(site)}{path}"), mac);

    // One that listens on every address is reached at its host.
    private static NetAddress Reachable(SiteConfig site)
    {
        var bind = site.Listen.Admin.Bind;
        return bind.SameHost(NetAddress.From(IPAddress.Any, 0)) || bind.SameHost(NetAddress.From(IPAddress.IPv6Any, 0)) ? NetAddress.From(site.Host, bind.Port) : bind;
    }
}
