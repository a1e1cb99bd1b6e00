using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Commands;

/// <summary>What holds for one key and who says so, strongest first.</summary>
/// <param name="Value">Null when it is not set and has no default; a secret given inline is not shown.</param>
/// <param name="Variable">The environment variable that would override it.</param>
/// <param name="Shadowed">What weaker layers say.</param>
public sealed record KeyExplanation(string Key, string? Value, string Source, string Doc, string Variable, IReadOnlyList<string> Shadowed)
{
    public static KeyExplanation Of(LeafPath leaf, ConfigMap tree)
    {
        var node = tree.At([.. leaf.Keys]);
        var shadowed = new List<string>();
        for (var below = node?.Shadowed; below is not null; below = below.Shadowed) shadowed.Add($"{below.Source} says {Shown(leaf, below)}");
        string? absent = leaf.Field?.Default;
        if (node is not null && absent is not null) shadowed.Add($"default {absent}");
        return new KeyExplanation(leaf.Key, node is null ? absent : Shown(leaf, node), node is null ? absent is null ? "not set" : "default" : node.Source.ToString(), leaf.Field?.Doc ?? "", leaf.Variable, shadowed);
    }

    public void WriteTo(TextWriter to, bool everything)
    {
        to.WriteLine(Value is null ? $"{Key}: not set" : $"{Key}: {Value}    ({Source})");
        if (!everything) return;
        foreach (var below in Shadowed) to.WriteLine($"  over: {below}");
        to.WriteLine($"  {Doc}");
        to.WriteLine($"  variable: {Variable}    flag: --set {Key}=VALUE");
    }

    private static string Shown(LeafPath leaf, ConfigNode node) => leaf.Shape is SecretShape && node is ConfigScalar ? "(secret)" : node.ToString() ?? "";
}
