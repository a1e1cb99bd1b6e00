using Mesh.Scenarios;

namespace Mesh.Load;

/// <summary>The C programs of <c>bench/reference</c>, compiled when their source is newer.</summary>
public static class ReferencePrograms
{
    private static readonly string Folder = Path.Combine(Checkout.Root, "artifacts", "reference");

    public static async Task<string> CompileAsync(string name)
    {
        string source = Path.Combine(Checkout.Root, "bench/reference", name + ".c"), program = Path.Combine(Folder, name);
        Directory.CreateDirectory(Folder);
        if (File.Exists(program) && File.GetLastWriteTimeUtc(program) > File.GetLastWriteTimeUtc(source)) return program;
        using var compiler = new ChildProcess("cc", "cc", ["-O2", "-Wall", "-Wextra", "-o", program, source]);
        if (await compiler.WaitAsync(TimeSpan.FromMinutes(1)) is not 0) throw new InvalidOperationException($"cc {source}:\n{compiler.Output}");
        return program;
    }
}
