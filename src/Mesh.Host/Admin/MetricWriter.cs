using System.Globalization;
using System.Text;

namespace Mesh.Host.Admin;

/// <summary>
/// Writes the Prometheus text exposition format, version 0.0.4: <c># HELP</c> and <c># TYPE</c> once per name, then its samples, all of one name together
/// even when several sources have some.
/// </summary>
public sealed class MetricWriter
{
    private readonly Dictionary<string, (string Head, StringBuilder Samples)> families = new(StringComparer.Ordinal);
    private readonly List<string> order = [];

    /// <summary>A count that only rises; its name ends in <c>_total</c>.</summary>
    public void Counter(string name, string help, double value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample(name, "counter", help, value, labels);

    /// <summary>A value that goes up and down.</summary>
    public void Gauge(string name, string help, double value, params ReadOnlySpan<(string Name, string Value)> labels) => Sample(name, "gauge", help, value, labels);

    /// <summary>A histogram: <paramref name="counts"/> per bucket, not yet added up, one more than <paramref name="bounds"/> (the last is +Inf).</summary>
    public void Histogram(string name, string help, ReadOnlySpan<double> bounds, ReadOnlySpan<long> counts, double sum, params ReadOnlySpan<(string Name, string Value)> labels)
    {
        var samples = Family(name, "histogram", help);
        long total = 0;
        for (int i = 0; i < counts.Length; i++)
        {
            total += counts[i];
            Line(samples, name + "_bucket", total, [.. labels, ("le", i < bounds.Length ? Number(bounds[i]) : "+Inf")]);
        }
        Line(samples, name + "_sum", sum, labels);
        Line(samples, name + "_count", total, labels);
    }

    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var name in order) text.Append(families[name].Head).Append(families[name].Samples);
        return text.ToString();
    }

    private void Sample(string name, string type, string help, double value, ReadOnlySpan<(string, string)> labels) => Line(Family(name, type, help), name, value, labels);

    private StringBuilder Family(string name, string type, string help)
    {
        if (families.TryGetValue(name, out var family)) return family.Samples;
        family = ($"# HELP {name} {help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n# TYPE {name} {type}\n", new StringBuilder());
        families[name] = family;
        order.Add(name);
        return family.Samples;
    }

    private static void Line(StringBuilder samples, string name, double value, ReadOnlySpan<(string Name, string Value)> labels)
    {
        samples.Append(name);
        for (int i = 0; i < labels.Length; i++)
        {
            samples.Append(i == 0 ? '{' : ',').Append(labels[i].Name).Append("=\"");
            foreach (char c in labels[i].Value) samples.Append(c switch { '\\' => "\\\\", '"' => "\\\"", '\n' => "\\n", _ => c.ToString() });
            samples.Append('"').Append(i == labels.Length - 1 ? "}" : "");
        }
        samples.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string Number(double value) => value switch
    {
        double.PositiveInfinity => "+Inf",
        double.NegativeInfinity => "-Inf",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };
}
