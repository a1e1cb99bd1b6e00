using System.CommandLine;
using Mesh.Host.Config;
using Mesh.Host.Config.Shapes;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Commands;

/// <summary><c>mesh config explain</c> names where a value comes from; <c>mesh config schema</c> prints the JSON Schema.</summary>
public static class ConfigCommand
{
    public static Command Create(Terminal terminal, BundleOptions options)
    {
        var key = new Argument<string?>("KEY") { Description = "As in listen.admin; every key when left out.", Arity = ArgumentArity.ZeroOrOne };
        var explain = new Command("explain", "Say what holds for a key, and who says so.") { key, options.Json };
        options.AddTo(explain, overrides: true);
        explain.SetAction(parsed => Explain(terminal, options.Request(parsed), parsed.GetValue(key), parsed.GetValue(options.Json)));
        var schema = new Command("schema", "Print the JSON Schema of mesh.yaml.");
        schema.SetAction(_ => terminal.Out.Write(JsonSchemaWriter.Write()));
        return new Command("config", "Explain the configuration.") { explain, schema };
    }

    private static int Explain(Terminal terminal, BundleRequest request, string? key, bool json)
    {
        var result = BundleReader.Read(request with { ReadSecrets = false });
        foreach (var problem in result.Problems.Where(p => !p.IsWarning)) terminal.Error.WriteLine(problem);
        if (result.HasErrors) return ExitCode.CheckFoundErrors;
        string site = request.Site ?? result.Trees.Keys.First();
        if (request.Site is null && result.Trees.Count > 1) terminal.Error.WriteLine($"for {site}; --site picks another");
        var all = LeafPath.All(MeshSchema.Root, result.Trees[site]).ToList();
        var wanted = all.Where(l => key is null || l.Key == key || l.Key.StartsWith(key + ".", StringComparison.Ordinal)).ToList();
        if (wanted.Count == 0)
        {
            terminal.Error.WriteLine($"no key '{key}' ({NearestWord.Hint(key!, [.. all.Select(l => l.Key)])})");
            return ExitCode.Usage;
        }
        var explained = wanted.Select(l => KeyExplanation.Of(l, result.Trees[site])).ToList();
        if (json) terminal.WriteJson(explained);
        else foreach (var e in explained) e.WriteTo(terminal.Out, everything: wanted.Count == 1);
        return ExitCode.Ok;
    }
}
