using Mesh.Dialplan.Loading;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Plans;

/// <summary>What the configuration knows that a dialplan may name.</summary>
public static class PlanNames
{
    public static DialplanNames Of(SiteModel site) => new()
    {
        Phones = site.Mesh.Phones.Values.Where(p => !p.Iax2).Select(p => p.Account).ToHashSet(),
        IaxPhones = site.Mesh.Phones.Values.Where(p => p.Iax2).Select(p => p.Account).ToHashSet(),
        Sites = site.Mesh.Sites.Select(s => s.Name).ToHashSet(),
        Peers = site.Mesh.Peers.Keys.ToHashSet(),
        Trunks = site.Mesh.Trunks.Keys.ToHashSet(),
        People = site.Mesh.People.Keys.ToHashSet(),
        Sounds = Sounds(site),
    };

    private static HashSet<string> Sounds(SiteModel site) => !Directory.Exists(site.SoundsDirectory) ? [] :
        [.. Directory.EnumerateFiles(site.SoundsDirectory, "*.wav", SearchOption.AllDirectories)
            .Select(f => Path.ChangeExtension(Path.GetRelativePath(site.SoundsDirectory, f), null).Replace('\\', '/'))];
}
