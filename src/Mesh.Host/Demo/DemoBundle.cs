using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mesh.Host.Commands;
using Mesh.Host.Config;
using Mesh.Host.Config.Model;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary>The bundle the demonstration runs on: a copy in a folder of its own, at the addresses asked for, with a new key. Gone when disposed.</summary>
public sealed class DemoBundle : IDisposable
{
    /// <summary>Three octets in the example's files, replaced by the net asked for.</summary>
    public const string ExampleNet = "127.0.0";

    private DemoBundle(string folder, string net, IReadOnlyDictionary<string, SiteModel> sites)
    {
        Folder = folder;
        Net = net;
        Sites = sites;
    }

    public string Folder { get; }

    /// <summary>The first three octets of every address.</summary>
    public string Net { get; }

    public IReadOnlyDictionary<string, SiteModel> Sites { get; }

    /// <summary>examples/four-sites in a folder above the program; null when the program is not in a checkout.</summary>
    public static string? FindExample()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "examples", "four-sites") is var example && File.Exists(Path.Combine(example, "mesh.yaml"))) return example;
        return null;
    }

    /// <summary>Copies and reads it. Throws <see cref="DemoException"/> when it does not check or is not the demonstration's.</summary>
    public static DemoBundle Make(string from, string net)
    {
        string folder = Directory.CreateTempSubdirectory("mesh-demo-").FullName;
        try
        {
            Copy(from, folder, net);
            WriteKey(Path.Combine(folder, "secrets", "mesh.key"));
            var read = BundleCheck.Run(new BundleRequest(folder, null), null);
            if (read.HasErrors) throw new DemoException($"the bundle does not check: {read.Problems.First(p => !p.IsWarning)}");
            return new DemoBundle(folder, net, read.Sites);
        }
        catch (Exception)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>Where a site takes SIP over UDP.</summary>
    public NetAddress SipOf(string site) => Sites[site].Site.Listen.Sip.First(l => l.IsDatagram).Bind;

    public Uri AdminOf(string site) => new($"http://{Sites[site].Site.Listen.Admin.Bind}/");

    public string SecretOf(string account) => Sites.Values.First().Mesh.Phones.TryGetValue(account, out var phone)
        ? phone.Secret.Reveal() : throw new DemoException($"the bundle has no phone {account}");

    /// <summary>An address of the demonstration's net.</summary>
    public NetAddress Host(int last, ushort port = 5060) => NetAddress.Parse($"{Net}.{last}:{port}");

    public void Dispose()
    {
        try { Directory.Delete(Folder, recursive: true); }
        catch (IOException) { /* a site that was just killed may still hold a file; the system clears its temporary folder */ }
    }

    private static void Copy(string from, string to, string net)
    {
        foreach (string file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            string name = Path.GetRelativePath(from, file);
            if (name.StartsWith("data" + Path.DirectorySeparatorChar, StringComparison.Ordinal)) continue;
            string copy = Path.Combine(to, name);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (Path.GetExtension(file) is ".yaml" or ".csx") File.WriteAllText(copy, File.ReadAllText(file).Replace(ExampleNet + ".", net + ".", StringComparison.Ordinal));
            else File.Copy(file, copy);
        }
    }

    private static void WriteKey(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Delete(path);
        var write = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) write.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var stream = new FileStream(path, write);
        stream.Write(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(ProvisionCommand.KeyOctets)) + "\n"));
    }
}
