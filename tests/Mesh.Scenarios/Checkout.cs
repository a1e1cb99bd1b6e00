namespace Mesh.Scenarios;

/// <summary>The checkout this was built from, and the program built with it.</summary>
public static class Checkout
{
    public static readonly string Root = FindRoot();

    /// <summary>The <c>mesh</c> program in the configuration this assembly was built in.</summary>
    public static readonly string MeshDll = Path.Combine(Root, "src/Mesh.Host/bin",
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0/mesh.dll");

    public static string Scenarios => Path.Combine(Root, "sipp-scenarios");

    private static string FindRoot()
    {
        var d = new DirectoryInfo(AppContext.BaseDirectory);
        while (d is not null && !File.Exists(Path.Combine(d.FullName, "Mesh.sln"))) d = d.Parent;
        return d?.FullName ?? throw new DirectoryNotFoundException("Mesh.sln is in no parent folder");
    }
}
