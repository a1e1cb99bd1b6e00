using System.Security.Cryptography;
using Mesh.Host.Config.Model;
using Mesh.Host.Sites;

namespace Mesh.Host.Sorry;

/// <summary>The key that seals customers' password hashes and makes addresses of previews: from the mesh key, so the same at all sites; a site alone without one keeps its own.</summary>
public static class SorryKey
{
    private const int Octets = 32;

    /// <summary>Throws <see cref="IOException"/> when the site's own cannot be read or made.</summary>
    public static byte[] Of(SiteModel model, string folder)
    {
        if (model.Mesh.Key is { } secret) return new MeshKeys(secret).CustomerKey();
        string file = Path.Combine(folder, "key");
        if (File.Exists(file) && File.ReadAllBytes(file) is { Length: Octets } key) return key;
        byte[] made = RandomNumberGenerator.GetBytes(Octets);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var written = new FileStream(file, options);
        written.Write(made);
        written.Flush(flushToDisk: true);
        return made;
    }
}
