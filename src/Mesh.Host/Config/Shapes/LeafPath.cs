using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Shapes;

/// <summary>A value that can be given by itself: on a command line, in a variable.</summary>
public sealed record LeafPath(IReadOnlyList<string> Keys, Shape Shape, Field? Field)
{
    /// <summary>Variables that are options of commands and no values of a bundle.</summary>
    private static readonly string[] Reserved = ["MESH_BUNDLE", "MESH_SITE"];

    /// <summary>True for the variables of commands, and for those of the tests' own.</summary>
    public static bool IsReserved(string variable) => Reserved.Contains(variable) || variable.StartsWith("MESH_TEST_", StringComparison.Ordinal);

    /// <summary><c>listen.sip</c></summary>
    public string Key => string.Join('.', Keys);

    /// <summary><c>MESH_LISTEN_SIP</c>; <c>mesh_key</c> is <c>MESH_KEY</c>.</summary>
    public string Variable
    {
        get
        {
            string name = new([.. string.Join('_', Keys).ToUpperInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);
            return name.StartsWith("MESH_", StringComparison.Ordinal) ? name : "MESH_" + name;
        }
    }

    /// <summary>Every leaf the schema knows, with the entries <paramref name="tree"/> names.</summary>
    public static IEnumerable<LeafPath> All(Shape shape, ConfigNode? tree) => Walk(shape, tree, [], null);

    /// <summary>The value as a node, from a text that is not YAML: commas part a list.</summary>
    public ConfigNode Node(string text, ConfigSource source) => Shape is ListShape
        ? new ConfigList(source, [.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(t => new ConfigScalar(source, t, quoted: true))])
        : new ConfigScalar(source, text, quoted: true);

    private static IEnumerable<LeafPath> Walk(Shape shape, ConfigNode? node, IReadOnlyList<string> keys, Field? field) => shape switch
    {
        SectionShape section => section.Fields.SelectMany(f => Walk(f.Shape, (node as ConfigMap)?.Find(f.Name)?.Value, [.. keys, f.Name], f)),
        MapShape map when node is ConfigMap entries => entries.Entries.SelectMany(e => Walk(map.Value, e.Value, [.. keys, e.Key], field)),
        MapShape => [],
        _ => [new LeafPath(keys, shape, field)],
    };
}
