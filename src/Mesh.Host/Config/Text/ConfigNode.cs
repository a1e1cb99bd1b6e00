namespace Mesh.Host.Config.Text;

/// <summary>A value as somebody wrote it, before any meaning: every scalar is text.</summary>
public abstract class ConfigNode(ConfigSource source)
{
    public ConfigSource Source { get; } = source;

    /// <summary>What a weaker layer said for the same key; null when nothing did.</summary>
    public ConfigNode? Shadowed { get; init; }
}

/// <summary>Text. <paramref name="quoted"/>: written in quotes or as a block, so that an empty one is meant.</summary>
public sealed class ConfigScalar(ConfigSource source, string text, bool quoted) : ConfigNode(source)
{
    public string Text { get; } = text;

    /// <summary><c>key:</c> with nothing after it.</summary>
    public bool IsNothing => !quoted && Text.Length == 0;

    public override string ToString() => Text;
}

public sealed class ConfigList(ConfigSource source, IReadOnlyList<ConfigNode> items) : ConfigNode(source)
{
    public IReadOnlyList<ConfigNode> Items { get; } = items;

    public override string ToString() => $"[{string.Join(", ", Items)}]";
}

/// <summary>One key of a <see cref="ConfigMap"/> and where the key stands.</summary>
public sealed record ConfigEntry(string Key, ConfigSource KeySource, ConfigNode Value);

/// <summary>Keys in the order written, each once.</summary>
public sealed class ConfigMap(ConfigSource source, IReadOnlyList<ConfigEntry> entries) : ConfigNode(source)
{
    private readonly Dictionary<string, ConfigEntry> byKey = entries.ToDictionary(e => e.Key, StringComparer.Ordinal);

    public IReadOnlyList<ConfigEntry> Entries { get; } = entries;

    public ConfigEntry? Find(string key) => byKey.GetValueOrDefault(key);

    /// <summary>The value at a path of keys; null when any is missing.</summary>
    public ConfigNode? At(params ReadOnlySpan<string> path)
    {
        ConfigNode? node = this;
        foreach (var key in path) node = (node as ConfigMap)?.Find(key)?.Value;
        return node;
    }

    public override string ToString() => $"{{ {string.Join(", ", Entries.Select(e => e.Key + ": " + e.Value))} }}";
}
