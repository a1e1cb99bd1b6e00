using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Config.Shapes;

/// <summary>A secret: inline, or where it is.</summary>
public static class SecretSchema
{
    public static readonly SecretShape Secret = new(new SectionShape("secret",
    [
        new("file", new ScalarShape(Words.FilePath), "A file that only its owner may read (0600), relative to the bundle."),
        new("env", new ScalarShape(Words.EnvironmentName), "An environment variable."),
    ]));
}
