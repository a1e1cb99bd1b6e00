using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>Sites differ from each other and from peers, and have the key they need.</summary>
public static class SiteChecks
{
    /// <summary>Most sites of one mesh: each holds a trunk to every other.</summary>
    public const int MaxSites = 64;

    /// <summary>A key shorter than this can be guessed.</summary>
    public const int GoodKeyLength = 16;

    /// <summary>The SIP transports this version listens on.</summary>
    public static readonly IReadOnlyList<string> ServedSip = ["udp", "tcp"];

    public static void Check(IReadOnlyDictionary<string, ConfigMap> trees, ConfigProblems problems)
    {
        var ids = new Dictionary<string, ConfigSource>(StringComparer.Ordinal);
        foreach (var (name, tree) in trees)
        {
            if (tree.At("sites", name, "id") is ConfigScalar id && !ids.TryAdd(id.Text, id.Source))
                problems.Error(id.Source, $"the id '{id.Text}' is taken by another site", $"at line {ids[id.Text].Line}");
            if (tree.At("peers", name) is { } peer) problems.Error(peer.Source, $"the peer '{name}' is called like a site", "sites are peers of each other already");
            CheckKey(tree, trees.Count, problems);
            CheckSip(tree, name, problems);
            CheckAdmin(tree, problems);
        }
        if (trees.Count > MaxSites) problems.Error(trees.Values.First().Find("sites")!.KeySource, $"more than {MaxSites} sites");
    }

    private static void CheckKey(ConfigMap tree, int sites, ConfigProblems problems)
    {
        var key = tree.Find("mesh_key")?.Value;
        if (key is null && sites > 1) problems.Error(tree.Source, "the bundle has no 'mesh_key'", "sites trust each other by it: 'mesh provision key' makes one, then mesh_key: { file: secrets/mesh.key }");
        if (key is ConfigScalar inline && inline.Text.Length is > 0 and < GoodKeyLength) problems.Warn(inline.Source, $"mesh_key is shorter than {GoodKeyLength} characters", "'mesh provision key' makes a good one");
    }

    private static void CheckAdmin(ConfigMap tree, ConfigProblems problems)
    {
        var listen = tree.At("listen", "admin") as ConfigScalar;
        bool isTls = listen is not null && Shapes.ListenSchema.Admin.TryRead(listen.Text, out var address) && address.Transport == "https";
        foreach (string key in (string[])["certificate", "key"])
            if (isTls && tree.At("admin", key) is not ConfigScalar { IsNothing: false }) problems.Error(listen!.Source, $"listen.admin is https, but there is no admin.{key}", $"admin: {{ {key}: secrets/admin.{(key == "key" ? "key" : "pem")} }}");
        if (!isTls && tree.At("admin", "clients") is ConfigScalar { IsNothing: false } clients) problems.Error(clients.Source, "client certificates need listen.admin to be https", "listen: { admin: https:8443 }");
    }

    private static void CheckSip(ConfigMap tree, string site, ConfigProblems problems)
    {
        if (tree.At("listen", "sip") is not { } sip) return;
        int served = 0;
        foreach (var item in SectionView.Items(sip))
        {
            if (!Shapes.ListenSchema.Sip.TryRead(item.Text, out var listener)) return;
            if (ServedSip.Contains(listener.Transport)) served++;
            else problems.Warn(item.Source, $"listen.sip {listener.Transport} is not served by this version");
        }
        if (served == 0) problems.Error(sip.Source, $"{site} listens for SIP nowhere", "for example [ udp:5060, tcp:5060 ]");
    }
}
