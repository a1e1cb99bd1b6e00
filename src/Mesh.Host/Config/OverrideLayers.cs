using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config;

/// <summary>The two layers above files: <c>MESH_*</c> variables and <c>--set</c>.</summary>
public sealed class OverrideLayers(BundleRequest request, ConfigProblems problems)
{
    public ConfigMap Over(ConfigMap files)
    {
        var leaves = LeafPath.All(MeshSchema.Root, files).ToList();
        var tree = files;
        foreach (var (name, value) in request.Environment.Where(v => v.Key.StartsWith("MESH_", StringComparison.Ordinal)).OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            var source = new ConfigSource(ConfigLayer.Environment, name, 0, 0);
            if (leaves.FirstOrDefault(l => l.Variable == name) is { } leaf) tree = Lay(tree, leaf, value, source);
            else if (!LeafPath.IsReserved(name) && !IsSecretOf(files, name))
                problems.Warn(source, "no key has this variable", NearestWord.Of(name, leaves.Select(l => l.Variable)) is { } near ? $"did you mean {near}?" : "");
        }
        foreach (var (key, value) in request.Flags)
        {
            var source = new ConfigSource(ConfigLayer.Flag, $"--set {key}", 0, 0);
            if (leaves.FirstOrDefault(l => l.Key == key) is { } leaf) tree = Lay(tree, leaf, value, source);
            else problems.Error(source, $"unknown key '{key}'", NearestWord.Of(key, leaves.Select(l => l.Key)) is { } near ? $"did you mean '{near}'?" : "'mesh config explain' lists them");
        }
        return tree;
    }

    private static ConfigMap Lay(ConfigMap tree, LeafPath leaf, string value, ConfigSource source) =>
        ConfigOverlay.Nest([.. leaf.Keys], leaf.Node(value, source)).Over(tree);

    // A variable the bundle itself names with { env: NAME } is no mistake.
    private static bool IsSecretOf(ConfigNode node, string name) => node switch
    {
        ConfigMap map => map.Entries.Any(e => (e.Key == "env" && e.Value is ConfigScalar text && text.Text == name) || IsSecretOf(e.Value, name)),
        ConfigList list => list.Items.Any(i => IsSecretOf(i, name)),
        _ => false,
    };
}
