using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config;

/// <summary>A section of a checked tree, read by key with the schema's defaults.</summary>
public readonly struct SectionView(SectionShape shape, ConfigNode? node)
{
    private readonly ConfigMap? map = node as ConfigMap;

    public ConfigNode? Node(string key) => map?.Find(Known(key).Name)?.Value is { } value and not ConfigScalar { IsNothing: true } ? value : null;

    /// <summary>The value of <paramref name="key"/>, else its default. The schema says it has one or is required.</summary>
    public T Value<T>(string key, Scalar<T> kind) => kind.Read((Node(key) as ConfigScalar)?.Text ?? Known(key).Default ?? "");

    /// <summary>The value of <paramref name="key"/>, or <paramref name="absent"/>.</summary>
    public T Value<T>(string key, Scalar<T> kind, T absent) => Node(key) is ConfigScalar text ? kind.Read(text.Text) : absent;

    public IReadOnlyList<T> List<T>(string key, Scalar<T> kind) => ReadList(Node(key), Known(key).Default, kind);

    public SectionView Section(string key) => new((SectionShape)Known(key).Shape, Node(key));

    public IReadOnlyList<ConfigEntry> Entries(string key) => Node(key) is ConfigMap entries ? entries.Entries : [];

    /// <summary>The texts of a list, or of the single item that stands for one.</summary>
    public static IEnumerable<ConfigScalar> Items(ConfigNode? node) => node switch
    {
        ConfigList list => list.Items.OfType<ConfigScalar>(),
        ConfigScalar { IsNothing: false } one => [one],
        _ => [],
    };

    public static IReadOnlyList<T> ReadList<T>(ConfigNode? node, string? absent, Scalar<T> kind) =>
        node is null ? [.. (absent ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(kind.Read)]
        : [.. Items(node).Select(i => kind.Read(i.Text))];

    private Field Known(string key) => shape.Find(key) ?? throw new InvalidOperationException($"the schema has no {shape.Name}.{key}");
}
