using Mesh.Host.Config.Text;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>Reads a scenario file; every fault has its line and column.</summary>
public static class ScenarioReader
{
    /// <summary>Null after an error was added to <paramref name="problems"/>.</summary>
    public static ScenarioFile? Read(TextReader text, string name, ConfigProblems problems)
    {
        if (YamlText.Read(text, ConfigLayer.Site, name, problems) is not { } root) return null;
        var fields = new StepFields(root, problems);
        string title = fields.Text("name", Path.GetFileNameWithoutExtension(name));
        var variables = Variables(fields);
        var sockets = Sockets(fields);
        var steps = new StepReader(problems).Steps(fields.Node("steps"), root.Source);
        fields.RefuseOthers();
        return problems.HasErrors ? null : new ScenarioFile(title, variables, sockets, steps);
    }

    private static Dictionary<string, string> Variables(StepFields fields)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in fields.Map("vars")?.Entries ?? [])
        {
            if (entry.Value is ConfigScalar scalar) variables[entry.Key] = scalar.Text;
            else fields.Problems.Error(entry.Value.Source, $"the variable '{entry.Key}' is one value");
        }
        return variables;
    }

    private static Dictionary<string, string> Sockets(StepFields fields)
    {
        var sockets = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in fields.Map("calls")?.Entries ?? [])
        {
            if (entry.Value is not ConfigMap map) { fields.Problems.Error(entry.Value.Source, $"the call '{entry.Key}' has keys and values"); continue; }
            var call = new StepFields(map, fields.Problems);
            sockets[entry.Key] = call.Text("socket", "");
            call.RefuseOthers();
        }
        return sockets;
    }
}
