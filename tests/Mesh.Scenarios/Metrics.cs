using System.Globalization;

namespace Mesh.Scenarios;

/// <summary>A site's <c>/metrics</c>, read.</summary>
public sealed class Metrics
{
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    private Metrics(string text)
    {
        foreach (string line in text.Split('\n'))
        {
            int blank = line.LastIndexOf(' ');
            if (line.StartsWith('#') || blank < 0) continue;
            values[line[..blank]] = double.Parse(line[(blank + 1)..], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>What a finished call leaves nothing of.</summary>
    public static readonly string[] OfCalls =
        ["mesh_calls_live", "mesh_legs_live", "mesh_rtp_ports_rented", "mesh_sip_transactions", "mesh_sip_dialogs", "mesh_iax_calls", "mesh_scripts_running"];

    public static async Task<Metrics> ReadAsync(FourSites sites, string site) =>
        new(await sites.GetAsync(site, "/metrics") ?? throw new InvalidOperationException($"{site} shows no metrics"));

    /// <summary>The value of a metric without labels, or the sum over its labels. Throws when there is none: a misspelt name must not read as zero.</summary>
    public double this[string name]
    {
        get
        {
            var found = values.Where(v => v.Key == name || v.Key.StartsWith(name + "{", StringComparison.Ordinal)).ToList();
            if (found.Count == 0) throw new KeyNotFoundException($"no metric {name} among {string.Join(' ', values.Keys)}");
            return found.Sum(v => v.Value);
        }
    }
}
