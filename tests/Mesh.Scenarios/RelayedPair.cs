using Mesh.Io;

namespace Mesh.Scenarios;

/// <summary>
/// Two of four sites that reach each other over IAX2 only through an <see cref="ImpairmentRelay"/>: each runs from a copy of the bundle in which the other listens where the
/// relay does. <c>x.71</c> is the first site as the second one sees it, <c>x.72</c> the second as the first one sees it.
/// </summary>
public sealed class RelayedPair : IDisposable
{
    private const int Port = 4569;
    private readonly Loop loop = DatagramLoops.Create("relay", new MeshClock(TimeProvider.System), new CryptoChance());
    private readonly string near, far;
    private FourSites? sites;

    /// <param name="net">The first three octets of the sites' addresses.</param>
    /// <param name="near">The near end's site.</param>
    /// <param name="far">The far end's site.</param>
    /// <param name="impairments">What lies between them.</param>
    public RelayedPair(string net, string near, string far, Impairments impairments)
    {
        (this.near, this.far) = (near, far);
        Relay = new ImpairmentRelay(loop, new ImpairmentRelayOptions
        {
            NearEnd = At(net, Index(near)), NearSide = At(net, 72), FarSide = At(net, 71), FarEnd = At(net, Index(far)), Impairments = impairments,
        });
        Sites = plan => sites = new FourSites(net, plan) { BundleOf = Bundle };
        loop.Start();
    }

    public ImpairmentRelay Relay { get; }

    /// <summary>Makes the four sites, of which two have the relay between them.</summary>
    public Func<TestPlan, FourSites> Sites { get; }

    public void Dispose()
    {
        Relay.Dispose();
        loop.Dispose();
    }

    private static int Index(string site) => Array.IndexOf(FourSites.Names, site) + 1;

    private static NetAddress At(string net, int host) => NetAddress.Parse($"{net}.{host}:{Port}");

    private string Bundle(string site)
    {
        if (site != near && site != far) return sites!.Folder;
        string copy = Path.Combine(sites!.Folder, "seen-from", site);
        if (Directory.Exists(copy)) return copy;
        foreach (string folder in (string[])["secrets", "dialplan", "sites"]) Copy(Path.Combine(sites.Folder, folder), Path.Combine(copy, folder));
        File.Copy(Path.Combine(sites.Folder, "mesh.yaml"), Path.Combine(copy, "mesh.yaml"));
        var (other, at) = site == near ? (far, Relay.NearSide) : (near, Relay.FarSide);
        File.WriteAllText(Path.Combine(copy, $"sites/{other}.yaml"), $"listen: {{ iax2: udp:{at} }}\n");
        return copy;
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
