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
        for (int i = 0; i < claims.Count; i++)
            for (int j = 0; j < i; j++)
                if (Collide(claims[i], claims[j])) Report(claims[j], claims[i], problems);
    }

    private static void Report(Claim first, Claim second, ConfigProblems problems)
    {
        // The default has no line of its own: point at whichever was written.
        var source = second.Source.Line > 0 || first.Source.Line == 0 ? second.Source : first.Source;
        string other = first.Site == second.Site ? first.What : $"{first.What} of {first.Site}";
        problems.Error(source, $"{second.What} of {second.Site} wants {second.Address} port {Shared(first.Ports, second.Ports)}, which {other} has", "give one of them another port or address");
    }

    private static IEnumerable<Claim> ClaimsOf(string site, ConfigMap tree)
    {
        if (tree.At("sites", site, "host") is not ConfigScalar text || !Addresses.Ip.TryRead(text.Text, out var host)) yield break;
        var listen = ListenSchema.Listen;
        foreach (var (key, kind) in ((string, Scalar<ListenAddress>)[])[("sip", ListenSchema.Sip), ("iax2", ListenSchema.Iax2), ("admin", ListenSchema.Admin)])
        {
            var node = tree.At("listen", key);
            var items = node is null
                ? listen.Find(key)!.Default!.Split(", ").Select(d => new ConfigScalar(text.Source, d, quoted: true))
                : SectionView.Items(node);
            foreach (var item in items)
                if (kind.TryRead(item.Text, out var address))
                    yield return new Claim(site, $"listen.{key}", address.IsDatagram, address.Address ?? host, new PortRange(address.Port, address.Port), item.Source);
        }
        var rtp = tree.At("listen", "rtp") as ConfigScalar;
        if (Addresses.Ports.TryRead(rtp?.Text ?? listen.Find("rtp")!.Default!, out var ports))
            yield return new Claim(site, "listen.rtp", Datagram: true, host, ports, rtp?.Source ?? text.Source);
    }

    private static bool Collide(Claim a, Claim b) =>
        a.Datagram == b.Datagram && a.Ports.Overlaps(b.Ports)
        && (a.Address.Equals(b.Address) ? a.Site == b.Site || !IsAny(a.Address) : a.Site == b.Site && (IsAny(a.Address) || IsAny(b.Address)));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static string Shared(PortRange a, PortRange b)
    {
        var shared = new PortRange(Math.Max(a.First, b.First), Math.Min(a.Last, b.Last));
        return shared.First == shared.Last ? $"{shared.First}" : shared.ToString();
    }
}
