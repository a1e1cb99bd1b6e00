using System.Net;
using Mesh.Host.Config.Model;
using Mesh.Io;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>Another site, and where on its admin listener it is asked.</summary>
public sealed record PairPlace(string Name, Uri Address, PairMac Mac)
{
    /// <param name="path">With its slash.</param>
    public static PairPlace Of(SiteConfig site, string path, PairMac mac) => new(site.Name, new Uri(AdminOf(site), path), mac);

    /// <summary>The second process of a site that has one.</summary>
    public static PairPlace OfSecond(SiteConfig site, string path, PairMac mac) => new(site.SecondName, new Uri(Url(site, site.Listen.Second!), path), mac);

    /// <summary>Each site, and the second process of each that has one: all of them exchange with all.</summary>
    /// <param name="self">Who asks.</param>
    public static IReadOnlyList<PairPlace> AllBut(string self, SiteModel model, string path, Func<string, PairMac> mac) =>
    [
        .. model.Mesh.Sites.Where(s => s.Name != self).Select(s => Of(s, path, mac(s.Name))),
        .. model.Mesh.Sites.Where(s => s.Listen.Second is not null && s.SecondName != self).Select(s => OfSecond(s, path, mac(s.SecondName))),
    ];

    /// <summary>A site's admin listener, as others reach it.</summary>
    public static Uri AdminOf(SiteConfig site) => Url(site, site.Listen.Admin);

    private static Uri Url(SiteConfig site, ListenAddress listen) => new($"{listen.Transport}://{Reachable(site, listen.Bind)}");

    // One that listens on every address is reached at its host.
    private static NetAddress Reachable(SiteConfig site, NetAddress bind) =>
        bind.SameHost(NetAddress.From(IPAddress.Any, 0)) || bind.SameHost(NetAddress.From(IPAddress.IPv6Any, 0)) ? NetAddress.From(site.Host, bind.Port) : bind;
}
