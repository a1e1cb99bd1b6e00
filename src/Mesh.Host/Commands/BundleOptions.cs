using System.CommandLine;
using Mesh.Host.Config;

namespace Mesh.Host.Commands;

/// <summary>The options of every command that reads a bundle.</summary>
public sealed class BundleOptions
{
    private readonly Terminal terminal;

    public BundleOptions(Terminal terminal)
    {
        this.terminal = terminal;
        Bundle = new Option<string>("--bundle", "-b") { Description = "The folder with mesh.yaml (MESH_BUNDLE, else the current one).", HelpName = "DIR", DefaultValueFactory = _ => Variable("MESH_BUNDLE") ?? "." };
        Site = new Option<string?>("--site", "-s") { Description = "The site (MESH_SITE).", HelpName = "NAME", DefaultValueFactory = _ => Variable("MESH_SITE") };
        Set = new Option<string[]>("--set") { Description = "Overrides one key, as in --set log.level=debug; may be repeated.", HelpName = "KEY=VALUE" };
        Set.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
                if (token.Value.IndexOf('=', StringComparison.Ordinal) < 1) result.AddError($"--set {token.Value}: KEY=VALUE is expected");
        });
    }

    public Option<string> Bundle { get; }

    public Option<string?> Site { get; }

    public Option<string[]> Set { get; }

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON." };

    public void AddTo(Command command, bool overrides)
    {
        command.Add(Bundle);
        command.Add(Site);
        if (overrides) command.Add(Set);
    }

    public BundleRequest Request(ParseResult parsed) => new(parsed.GetValue(Bundle)!, parsed.GetValue(Site))
    {
        Environment = terminal.Environment,
        Flags = [.. (parsed.GetResult(Set) is null ? null : parsed.GetValue(Set))?.Select(static s =>
            KeyValuePair.Create(s[..s.IndexOf('=', StringComparison.Ordinal)], s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..])) ?? []],
    };

    private string? Variable(string name) => terminal.Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
