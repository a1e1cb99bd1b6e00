namespace Mesh.Host.Config.Text;

/// <summary>Lays a stronger layer over a weaker one: mappings merge key by key, everything else is replaced whole and remembers what it shadows.</summary>
public static class ConfigOverlay
{
    public static ConfigMap Over(this ConfigMap above, ConfigMap below)
    {
        var entries = new List<ConfigEntry>(below.Entries.Count);
        foreach (var low in below.Entries)
            entries.Add(above.Find(low.Key) is { } high ? high with { Value = Over(high.Value, low.Value) } : low);
        foreach (var high in above.Entries)
            if (below.Find(high.Key) is null) entries.Add(high);
        return new ConfigMap(below.Source, entries);
    }

    /// <summary>A map that holds only <paramref name="value"/>, at <paramref name="path"/>.</summary>
    public static ConfigMap Nest(ReadOnlySpan<string> path, ConfigNode value)
    {
        for (int i = path.Length - 1; i > 0; i--) value = new ConfigMap(value.Source, [new ConfigEntry(path[i], value.Source, value)]);
        return new ConfigMap(value.Source, [new ConfigEntry(path[0], value.Source, value)]);
    }

    private static ConfigNode Over(ConfigNode above, ConfigNode below) => (above, below) switch
    {
        (ConfigMap a, ConfigMap b) => Over(a, b),
        (ConfigMap a, _) => new ConfigMap(a.Source, a.Entries) { Shadowed = below },
        (ConfigList a, _) => new ConfigList(a.Source, a.Items) { Shadowed = below },
        (ConfigScalar a, _) => new ConfigScalar(a.Source, a.Text, !a.IsNothing) { Shadowed = below },
        _ => above,
    };
}
