using Mesh.Host.Config.Scalars;
using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;
using Mesh.Host.Sorry.Phone;

namespace Mesh.Host.Config.Checks;

/// <summary>What is switched automatically is for sites there are, with recordings there are, and numbers that calls come in for.</summary>
public static class SorryChecks
{
    public static void Check(ConfigMap tree, string bundle, ConfigProblems problems)
    {
        if (tree.At("sorry", "automatic") is not ConfigMap automatic) return;
        string[] sites = [.. (tree.Find("sites")?.Value as ConfigMap)?.Entries.Select(e => e.Key) ?? []];
        string[] numbers = [.. ((tree.Find("trunks")?.Value as ConfigMap)?.Entries ?? []).SelectMany(t => ((t.Value as ConfigMap)?.Find("numbers")?.Value as ConfigMap)?.Entries ?? []).Select(n => Telephony.ToE164(n.Key))];
        string sounds = Path.GetFullPath((tree.Find("sounds")?.Value as ConfigScalar)?.Text ?? MeshSchema.Root.Find("sounds")!.Default!, bundle);
        foreach (var site in automatic.Entries)
        {
            if (!sites.Contains(site.Key, StringComparer.Ordinal)) problems.Error(site.KeySource, $"sorry.automatic: no site is called '{site.Key}'", NearestWord.Hint(site.Key, sites));
            if (site.Value is not ConfigMap map) continue;
            foreach (var number in SectionView.Items(map.Find("numbers")?.Value))
                if (!numbers.Contains(Telephony.ToE164(number.Text), StringComparer.Ordinal)) problems.Error(number.Source, $"sorry.automatic.{site.Key}: no trunk lists {number.Text}", "a number of ours stands under trunks.NAME.numbers");
            if (map.Find("recording")?.Value is ConfigScalar recording && SorryRecording.Parse(recording.Text) is { } name && SorryRecording.PathOf(sounds, name) is var path && !File.Exists(path))
                problems.Error(recording.Source, $"sorry.automatic.{site.Key}: there is no recording {path}");
        }
    }
}
