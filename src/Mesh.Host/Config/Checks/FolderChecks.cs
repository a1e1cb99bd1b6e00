using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>The folders a bundle cannot do without are there.</summary>
public static class FolderChecks
{
    public static void Check(ConfigMap tree, string bundle, ConfigProblems problems)
    {
        var given = tree.Find("dialplan")?.Value as ConfigScalar;
        string folder = Path.GetFullPath(given?.Text ?? MeshSchema.Root.Find("dialplan")!.Default!, bundle);
        var source = given?.Source ?? tree.Source;
        if (!Directory.Exists(folder)) problems.Error(source, $"there is no dialplan folder {folder}", "it holds the *.csx that say what a call does");
        else if (!Directory.EnumerateFiles(folder, "*.csx").Any()) problems.Error(source, $"the dialplan folder {folder} has no *.csx");
    }
}
