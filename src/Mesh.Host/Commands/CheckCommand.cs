using System.CommandLine;
using Mesh.Host.Config;
using Mesh.Host.Config.Text;

namespace Mesh.Host.Commands;

/// <summary><c>mesh check</c>: says whether a bundle would run. Starts nothing.</summary>
public static class CheckCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, IDialplanCheck? dialplan)
    {
        var command = new Command("check", "Check a bundle and its dialplan; start nothing.") { options.Json };
        options.AddTo(command, overrides: true);
        command.SetAction(parsed =>
        {
            var result = BundleCheck.Run(options.Request(parsed), dialplan);
            if (parsed.GetValue(options.Json)) terminal.WriteJson(new { Ok = !result.HasErrors, Problems = result.Problems.Select(ProblemView.Of) });
            else WriteText(terminal, result);
            return result.HasErrors ? ExitCode.CheckFoundErrors : ExitCode.Ok;
        });
        return command;
    }

    private static void WriteText(Terminal terminal, BundleResult result)
    {
        foreach (var problem in result.Problems) terminal.Out.WriteLine(problem);
        int errors = result.Problems.Count(p => !p.IsWarning);
        if (errors > 0) terminal.Error.WriteLine(errors == 1 ? "1 error" : $"{errors} errors");
        else if (result.Sites.Values.FirstOrDefault() is { } any)
            terminal.Error.WriteLine($"{any.Mesh.Name}: {Count(any.Mesh.Sites.Count, "site")}, {Count(any.Mesh.People.Count, "person", "people")}, {Count(any.Mesh.Phones.Count, "phone")}, {Count(any.Mesh.Trunks.Count, "trunk")}: no errors");
    }

    private static string Count(int n, string one, string? many = null) => n == 1 ? $"1 {one}" : $"{n} {many ?? one + "s"}";
}

/// <summary>A problem as <c>mesh check --json</c> prints it.</summary>
public sealed record ProblemView(string File, int Line, int Column, string Severity, string Message, string Hint)
{
    public static ProblemView Of(ConfigProblem p) => new(p.Source.Name, p.Source.Line, p.Source.Column, p.IsWarning ? "warning" : "error", p.Message, p.Hint);
}
