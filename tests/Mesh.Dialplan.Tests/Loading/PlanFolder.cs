using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>A bundle's <c>dialplan/</c> on disk, removed at the end.</summary>
internal sealed class PlanFolder : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("mesh-dialplan-");

    public PlanFolder(string main)
    {
        Directory.CreateDirectory(Path);
        Write(main);
    }

    public string Path => System.IO.Path.Combine(root.FullName, "dialplan");

    public void Write(string text, string name = "main.csx") => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    public void Delete(string name) => File.Delete(System.IO.Path.Combine(Path, name));

    public LiveDialplan Live() => new(Plan.Compiler, Path, () => Plan.Names);

    public void Dispose() => root.Delete(recursive: true);
}
