using System.Net;
using Mesh.Host.Config.Model;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>No two listeners want the same port of the same address, within a site or between sites on one machine.</summary>
public static class ListenerChecks
{
    private sealed record Claim(string Site, string What, bool Datagram, IPAddress Address, PortRange Ports, ConfigSource Source);

    public static void Check(IReadOnlyDictionary<string, ConfigMap> trees, ConfigProblems problems)
    {
        var claims = trees.SelectMany(t => ClaimsOf(t.Key, t.Value)).ToList();
        var between = new Dictionary<(string, string), List<string>>();
        for (int i = 0; i < claims.Count; i++)
            for (int j = 0; j < i; j++)
            {
                if (!Collide(claims[i], claims[j])) continue;
                if (claims[i].Site == claims[j].Site) Report(claims[j], claims[i], problems);
                else if (between.TryGetValue((claims[j].Site, claims[i].Site), out var both)) both.Add(Shared(claims[i], claims[j]));
                else between[(claims[j].Site, claims[i].Site)] = [Shared(claims[i], claims[j])];
            }
        foreach (var ((first, second), ports) in between)
            problems.Error(
                trees[second].At("sites", second, "host")!.Source,
                $"{second} and {first} both want of {claims.First(c => c.Site == second).Address}: {string.Join(", ", ports.Distinct().Order(StringComparer.Ordinal))}",
                "give one of them another host, or other ports in its file under sites/");
    }

    private static void Report(Claim first, Claim second, ConfigProblems problems)
    {
        // The default has no line of its own: point at whichever was written.
        var source = second.Source.Line > 0 || first.Source.Line == 0 ? second.Source : first.Source;
        problems.Error(source, $"{second.What} of {second.Site} wants {second.Address} {Shared(first, second)}, which {first.What} has", "give one of them another port or address");
    }

    private static IEnumerable<Claim> ClaimsOf(string site, ConfigMap tree)
    {
        if (tree.At("sites", site, "host") is not ConfigScalar text || !Addresses.Ip.TryRead(text.Text, out var host)) yield break;
        var listen = ListenSchema.Listen;
        foreach (var (key, kind) in ((string, Scalar<ListenAddress>)[])[("sip", ListenSchema.Sip), ("iax2", ListenSchema.Iax2), ("admin", ListenSchema.Admin), ("status", ListenSchema.Status)])
        {
            var node = tree.At("listen", key);
            var items = node is null
                ? listen.Find(key)!.Default!.Split(", ").Select(d => new ConfigScalar(text.Source, d, quoted: true))
                : SectionView.Items(node);
            foreach (var item in items)
                if (kind.TryRead(item.Text, out var address))
                    yield return new Claim(site, $"listen.{key}", address.IsDatagram, address.Address ?? host, new PortRange(address.Port, address.Port), item.Source);
        }
        foreach (var (key, kind) in ((string, Scalar<ListenAddress>)[])[("http", ListenSchema.SorryHttp), ("https", ListenSchema.SorryHttps), ("smtp", ListenSchema.SorrySmtp)])
            if (tree.At("listen", "sorry", key) is ConfigScalar given && kind.TryRead(given.Text, out var sorry))
                yield return new Claim(site, $"listen.sorry.{key}", Datagram: false, sorry.Address ?? host, new PortRange(sorry.Port, sorry.Port), given.Source);
        if (tree.At("listen", "second") is ConfigScalar own && ListenSchema.Admin.TryRead(own.Text, out var second))
            yield return new Claim(site, "listen.second", Datagram: false, second.Address ?? host, new PortRange(second.Port, second.Port), own.Source);
        if (tree.At("listen", "customers") is ConfigScalar office && ListenSchema.Customers.TryRead(office.Text, out var customers))
            yield return new Claim(site, "listen.customers", Datagram: false, customers.Address ?? host, new PortRange(customers.Port, customers.Port), office.Source);
        var rtp = tree.At("listen", "rtp") as ConfigScalar;
        if (Addresses.Ports.TryRead(rtp?.Text ?? listen.Find("rtp")!.Default!, out var ports))
            yield return new Claim(site, "listen.rtp", Datagram: true, host, ports, rtp?.Source ?? text.Source);
    }

    private static bool Collide(Claim a, Claim b) =>
        a.Datagram == b.Datagram && a.Ports.Overlaps(b.Ports)
        && (a.Address.Equals(b.Address) ? a.Site == b.Site || !IsAny(a.Address) : a.Site == b.Site && (IsAny(a.Address) || IsAny(b.Address)));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static string Shared(Claim a, Claim b)
    {
        var shared = new PortRange(Math.Max(a.Ports.First, b.Ports.First), Math.Min(a.Ports.Last, b.Ports.Last));
        return $"{(a.Datagram ? "udp" : "tcp")} {(shared.First == shared.Last ? $"{shared.First}" : shared.ToString())}";
    }
}
