using System.Net;
using Mesh.Host.Config.Model;
using Mesh.Host.Tests.Sorry;

namespace Mesh.Host.Tests.Console;

/// <summary>Models of sites whose admin listeners are on free ports of addresses nobody else has.</summary>
internal static class ConsoleModels
{
    public const string Token = "open-sesame-for-tests";

    /// <summary>london, manchester and leeds at .1, .2 and .3 of a net.</summary>
    /// <param name="net">127.64.7, say.</param>
    public static IReadOnlyList<SiteModel> Three(string net, string? key = "a-key-for-tests-only-0123456789")
    {
        string[] names = ["london", "manchester", "leeds"];
        SiteConfig[] sites = [.. names.Select((name, i) => Site(name, $"{net}.{i + 1}", "http"))];
        return [.. sites.Select(s => Model(s, sites, key))];
    }

    /// <summary>One site alone.</summary>
    public static SiteModel One(string address, string? token = Token, string transport = "http")
    {
        var site = Site("london", address, transport);
        return Model(site, [site], null) with { AdminToken = token is null ? null : new Secret(token) };
    }

    private static SiteModel Model(SiteConfig site, IReadOnlyList<SiteConfig> sites, string? key) => new(
        new MeshConfig("four-sites", sites, new Dictionary<string, PersonConfig> { ["301"] = new("301", "Matthew <b>Bloch</b>", ["mbloch-desk"]) }, new Dictionary<string, PhoneConfig>(),
            new Dictionary<string, PeerConfig>(), new Dictionary<string, TrunkConfig>(), key is null ? null : new Secret(key)),
        site, new RegistrarConfig(TimeSpan.FromMinutes(1), TimeSpan.FromHours(1), TimeSpan.FromHours(1), 10, 100), new LawConfig(40, 4, 3, TimeSpan.FromMinutes(3), 4, 8, 10, 4000))
    {
        Directory = "bundle", DataDirectory = "data", DialplanDirectory = "dialplan", SoundsDirectory = "sounds",
    };

    private static SiteConfig Site(string name, string address, string transport)
    {
        var host = IPAddress.Parse(address);
        ListenAddress At(string kind, ushort port) => new(kind, host, port, "");
        return new SiteConfig(name, name[..2], host, new ListenConfig([At("udp", 5060)], At("udp", 4569), new PortRange(20000, 20100), FreePort.On(address, transport)) { Status = At("http", 8081) });
    }
}
