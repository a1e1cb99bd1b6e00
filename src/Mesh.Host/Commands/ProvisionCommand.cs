using System.Buffers.Text;
using System.CommandLine;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Commands;

/// <summary><c>mesh provision key</c>: writes a random mesh key where the bundle looks for it, readable by its owner only.</summary>
public static class ProvisionCommand
{
    /// <summary>Random octets of a key; HMAC-SHA-256 uses no more than it has.</summary>
    public const int KeyOctets = 32;

    public static Command Create(Terminal terminal, BundleOptions options)
    {
        var file = new Option<string>("--file") { Description = "Where, relative to the bundle.", HelpName = "PATH", DefaultValueFactory = _ => "secrets/mesh.key" };
        var force = new Option<bool>("--force") { Description = "Replace a key that is there; every site needs the new one before they understand each other again." };
        var key = new Command("key", "Make a mesh key.") { options.Bundle, file, force };
        key.SetAction(parsed => Write(terminal, Path.Combine(parsed.GetValue(options.Bundle)!, parsed.GetValue(file)!), parsed.GetValue(force)));
        return new Command("provision", "Make what a bundle needs.") { key };
    }

    private static int Write(Terminal terminal, string path, bool force)
    {
        var write = new FileStreamOptions { Mode = force ? FileMode.Create : FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) write.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            if (Path.GetDirectoryName(path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
            // A file that is replaced keeps its old mode: make the new one beside it and move it over.
            if (force) File.Delete(path);
            using (var stream = new FileStream(path, write)) stream.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(KeyOctets)) + "\n"));
            terminal.Out.WriteLine(path);
            return ExitCode.Ok;
        }
        catch (IOException) when (!force && File.Exists(path))
        {
            terminal.Error.WriteLine($"{path} is there already (--force replaces it)");
            return ExitCode.Refused;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.Error.WriteLine($"{path} cannot be written: {e.Message}");
            return ExitCode.Failed;
        }
    }
}
