using System.Globalization;
using Mesh.Host.Config.Text;
using Mesh.Host.IaxTester.Commands;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>The keys of one mapping in a scenario file, read one by one; what is wrong, or left over, becomes a problem with its place.</summary>
internal sealed class StepFields(ConfigMap map, ConfigProblems problems)
{
    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    public ConfigSource Source => map.Source;

    public ConfigProblems Problems => problems;

    public ConfigNode? Node(string key)
    {
        known.Add(key);
        return map.Find(key)?.Value;
    }

    public bool Has(string key) => map.Find(key) is not null;

    public string? Text(string key)
    {
        if (Node(key) is not { } node) return null;
        if (node is ConfigScalar scalar) return scalar.Text;
        problems.Error(node.Source, $"'{key}' is one value here");
        return null;
    }

    public string Text(string key, string usual) => Text(key) ?? usual;

    public ConfigMap? Map(string key)
    {
        if (Node(key) is not { } node) return null;
        if (node is ConfigMap found) return found;
        problems.Error(node.Source, $"'{key}' has keys and values");
        return null;
    }

    public bool? Switch(string key)
    {
        if (Node(key) is not { } node) return null;
        switch ((node as ConfigScalar)?.Text)
        {
            case "yes" or "true" or "on": return true;
            case "no" or "false" or "off": return false;
            default:
                problems.Error(node.Source, $"'{key}' is yes or no");
                return null;
        }
    }

    public int Time(string key, int usual)
    {
        if (Node(key) is not { } node) return usual;
        if (node is ConfigScalar scalar && DurationText.TryParse(scalar.Text, out int ms)) return ms;
        problems.Error(node.Source, $"'{key}': {DurationText.Expected}");
        return usual;
    }

    public int Number(string key, int usual, int least, int most)
    {
        if (Node(key) is not { } node) return usual;
        if (node is ConfigScalar scalar && int.TryParse(scalar.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        problems.Error(node.Source, string.Create(CultureInfo.InvariantCulture, $"'{key}' is a number from {least} to {most}"));
        return usual;
    }

    /// <summary>What nobody asked for is a mistake.</summary>
    public void RefuseOthers()
    {
        foreach (var entry in map.Entries)
            if (!known.Contains(entry.Key)) problems.Error(entry.KeySource, $"'{entry.Key}' means nothing here", NearestWord.Hint(entry.Key, known));
    }
}
