namespace Mesh.Host.Sorry.Acme;

/// <summary>Files for their owner only, replaced whole: whoever reads sees the one before or the new one, and never less.</summary>
public static class PrivateFile
{
    public static void Write(string file, string text)
    {
        string folder = Path.GetDirectoryName(file)!, making = Path.Combine(folder, $".{Path.GetFileName(file)}.new");
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
        else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        // One left by a crash might be open to others.
        File.Delete(making);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var stream = new FileStream(making, options))
        {
            stream.Write(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(making, file, overwrite: true);
    }
}
