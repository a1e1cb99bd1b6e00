namespace Mesh.Host.Config.Text;

/// <summary>Where a value was given. <paramref name="Name"/> is a file as the operator named it, a variable, or a flag; line and column count from 1 and are 0 outside files.</summary>
public readonly record struct ConfigSource(ConfigLayer Layer, string Name, int Line, int Column)
{
    public static readonly ConfigSource Default = new(ConfigLayer.Default, "default", 0, 0);

    /// <summary><c>mesh.yaml:3:5</c>, <c>environment MESH_LOG_LEVEL</c>, <c>flag --set log.level</c>, <c>default</c>.</summary>
    public override string ToString() => Layer switch
    {
        ConfigLayer.Mesh or ConfigLayer.Site => $"{Name}:{Line}:{Column}",
        ConfigLayer.Environment => $"environment {Name}",
        ConfigLayer.Flag => $"flag {Name}",
        _ => "default",
    };
}
