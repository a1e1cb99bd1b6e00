using System.CommandLine;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Commands;

/// <summary>The <c>mesh</c> command: what was typed, done, as an exit code.</summary>
/// <param name="dialplan">Null: check reads the configuration only.</param>
/// <param name="runner">Null: this build runs no site.</param>
public sealed class MeshCommandLine(Terminal terminal, IDialplanCheck? dialplan, ISiteRunner? runner)
{
    /// <summary>Further commands, added by whoever composes the program.</summary>
    public IReadOnlyList<Command> More { get; init; } = [];

    public async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count > 0 && !args.Any(a => a is "-h" or "--help" or "-?" || a.StartsWith("[suggest", StringComparison.Ordinal)))
        {
            foreach (var error in parsed.Errors) terminal.Error.WriteLine($"mesh: {error.Message}");
            terminal.Error.WriteLine("'mesh --help' says what there is");
            return ExitCode.Usage;
        }
        // Signals are the running site's own business: it drains.
        var invocation = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null };
        return await parsed.InvokeAsync(invocation);
    }

    private RootCommand Root()
    {
        var options = new BundleOptions(terminal);
        var client = new AdminClient(terminal, options);
        var version = new Command("version", "Print the version.") { options.Json };
        version.SetAction(parsed =>
        {
            if (parsed.GetValue(options.Json)) terminal.WriteJson(new { RunCommand.Version });
            else terminal.Out.WriteLine(RunCommand.Version);
        });
        var root = new RootCommand("A telephone exchange of several sites.")
        {
            RunCommand.Create(terminal, options, dialplan, runner),
            CheckCommand.Create(terminal, options, dialplan),
            ReloadCommand.Create(terminal, options, client),
            ConfigCommand.Create(terminal, options),
            ProvisionCommand.Create(terminal, options),
            StatusCommand.Create(terminal, options, client),
            IncidentCommand.Create(terminal, options, client, TimeProvider.System),
            SorryCommand.Create(terminal, options, client, TimeProvider.System),
            LadderCommand.Create(terminal, options, client),
            TraceCommand.Create(terminal, options, client),
            CompletionCommand.Create(terminal),
            version,
        };
        foreach (var list in ListCommands.Create(terminal, options, client, TimeProvider.System)) root.Add(list);
        foreach (var more in More) root.Add(more);
        return root;
    }
}
