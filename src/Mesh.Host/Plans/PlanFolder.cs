using Mesh.Dialplan.Loading;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Plans;

/// <summary>A site's dialplan as the compiler wants it: the files in order of name, and what the configuration knows.</summary>
public static class PlanFolder
{
    /// <summary>The scripts of the dialplan folder, in order of name, named <c>dialplan/plan.csx</c> so that the same plan has the same hash on every site.</summary>
    public static IReadOnlyList<DialplanSource> Read(SiteModel site) =>
        [.. Directory.EnumerateFiles(site.DialplanDirectory, "*.csx").Order(StringComparer.Ordinal).Select(f => new DialplanSource($"{FolderName(site)}/{Path.GetFileName(f)}", File.ReadAllText(f)))];

    public static DialplanNames Names(SiteModel site) => new()
    {
        Phones = site.Mesh.Phones.Values.Where(p => !p.Iax2).Select(p => p.Account).ToHashSet(),
        IaxPhones = site.Mesh.Phones.Values.Where(p => p.Iax2).Select(p => p.Account).ToHashSet(),
        Sites = site.Mesh.Sites.Select(s => s.Name).ToHashSet(),
        Peers = site.Mesh.Peers.Keys.ToHashSet(),
        Trunks = site.Mesh.Trunks.Keys.ToHashSet(),
        People = site.Mesh.People.Keys.ToHashSet(),
        Sounds = Sounds(site),
    };

    /// <summary>The file an error names, as the operator would find it.</summary>
    public static string Locate(SiteModel site, string file) => Path.Combine(site.Directory, file);

    private static HashSet<string> Sounds(SiteModel site) => !Directory.Exists(site.SoundsDirectory) ? [] :
        [.. Directory.EnumerateFiles(site.SoundsDirectory, "*.wav", SearchOption.AllDirectories)
            .Select(f => Path.ChangeExtension(Path.GetRelativePath(site.SoundsDirectory, f), null).Replace('\\', '/'))];

    private static string FolderName(SiteModel site) => Path.GetRelativePath(Path.GetFullPath(site.Directory), site.DialplanDirectory).Replace('\\', '/');
}
