namespace Mesh.Host.Tests;

/// <summary>The checkout these tests were built from.</summary>
public static class Checkout
{
    public static readonly string Root = FindRoot();

    public static string Example => Path.Combine(Root, "examples/four-sites");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mesh.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("Mesh.sln is in no parent folder");
    }
}
