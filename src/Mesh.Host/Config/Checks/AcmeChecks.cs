using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>Whether certificates can be ordered as the bundle says.</summary>
public static class AcmeChecks
{
    /// <summary>Hosts at most: each has a certificate of its own.</summary>
    public const int MaxHosts = 200;

    /// <param name="bundle">Absolute.</param>
    public static void Check(ConfigMap tree, string bundle, ConfigProblems problems)
    {
        if (tree.At("sorry", "acme") is not ConfigMap { Entries.Count: > 0 } acme) return;
        foreach (string key in (string[])["directory", "hosts"])
            if (acme.Find(key) is null) problems.Error(acme.Source, $"sorry.acme has no '{key}'", AcmeSchema.Acme.Find(key)!.Doc);
        var agree = acme.Find("agree")?.Value as ConfigScalar;
        if (agree is null || (Words.Switch.TryRead(agree.Text, out bool agreed) && !agreed))
            problems.Error(agree?.Source ?? acme.Source, "sorry.acme: the authority's terms are not agreed to", "read them, then agree: yes");
        if (tree.At("listen", "sorry", "http") is null)
            problems.Error(acme.Source, "sorry.acme needs listen.sorry.http", "the authority asks for the answers of HTTP-01 there, from port 80");
        if (acme.Find("ca")?.Value is ConfigScalar ca && !File.Exists(Path.GetFullPath(ca.Text, bundle))) problems.Error(ca.Source, $"sorry.acme.ca: there is no file {Path.GetFullPath(ca.Text, bundle)}");
        CheckHosts(acme, problems);
    }

    private static void CheckHosts(ConfigMap acme, ConfigProblems problems)
    {
        var seen = new Dictionary<string, ConfigSource>(StringComparer.Ordinal);
        foreach (var item in SectionView.Items(acme.Find("hosts")?.Value))
            if (AcmeSchema.PublicHost.TryRead(item.Text, out string host) && !seen.TryAdd(host, item.Source))
                problems.Error(item.Source, $"sorry.acme.hosts: {host} is here twice", $"first at line {seen[host].Line}");
        if (seen.Count > MaxHosts) problems.Error(acme.Source, $"sorry.acme.hosts: more than {MaxHosts} hosts");
    }
}
