using System.Globalization;

namespace Mesh.Load;

/// <summary>A site's <c>/metrics</c> at one moment.</summary>
public sealed class Figures
{
    private readonly Dictionary<string, double> sums = new(StringComparer.Ordinal);

    /// <summary>Reads the Prometheus text; the samples of one name are added up over their labels.</summary>
    public static Figures Read(string text)
    {
        var figures = new Figures();
        foreach (string line in text.Split('\n'))
        {
            int blank = line.LastIndexOf(' ');
            if (line.StartsWith('#') || blank < 0) continue;
            string name = line[..blank].Split('{')[0];
            figures.sums[name] = figures.sums.GetValueOrDefault(name) + double.Parse(line[(blank + 1)..], CultureInfo.InvariantCulture);
        }
        return figures;
    }

    /// <summary>Throws when there is no such metric: a misspelt name must not read as zero.</summary>
    public double this[string name] => sums.TryGetValue(name, out double value) ? value : throw new KeyNotFoundException($"no metric {name}");
}
