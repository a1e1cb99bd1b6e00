namespace Mesh.Host.Storage;

/// <summary>A site's folder for what it keeps, held by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream held;

    private DataFolder(string path, FileStream held)
    {
        Path = path;
        this.held = held;
    }

    public string Path { get; }

    public string Database => System.IO.Path.Combine(Path, "mesh.db");

    /// <summary>Makes the folder, for its owner only, and holds it. Throws <see cref="IOException"/> with a sentence for the operator when another process does.</summary>
    public static DataFolder Hold(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        try { return new DataFolder(path, new FileStream(System.IO.Path.Combine(path, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)); }
        catch (IOException e) { throw new IOException($"{path} is held by another mesh process, or cannot be written: {e.Message}", e); }
    }

    public void Dispose() => held.Dispose();
}
