using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Ladders.Reading;

namespace Mesh.Host.Commands;

/// <summary><c>mesh trace</c>: the last calls of one site; with an id, what its dialplan did in that call.</summary>
public static class TraceCommand
{
    public static Command Create(Terminal terminal, BundleOptions options, AdminClient client)
    {
        var call = new Argument<string?>("call") { Description = "The id of a call, the same at every site, or the site's own (london-7), or its beginning.", HelpName = "ID", Arity = ArgumentArity.ZeroOrOne };
        var last = new Option<int>("--last") { Description = "How many calls to look at.", HelpName = "N", DefaultValueFactory = _ => 50 };
        var command = new Command("trace", "The last calls of a site, and what the dialplan did in them.") { call, last };
        client.AddTo(command);
        command.SetAction((parsed, cancelled) => client.Ask(parsed, HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/api/traces?last={(parsed.GetValue(call) is null ? parsed.GetValue(last) : int.MaxValue)}"), (body, _) =>
        {
            string? id = parsed.GetValue(call);
            var traces = JsonSerializer.Deserialize<IReadOnlyList<TraceView>>(body, AdminListener.Json)!
                .Where(t => id is null || t.Origin.StartsWith(id, StringComparison.Ordinal) || t.Call.StartsWith(id, StringComparison.Ordinal)).ToList();
            if (parsed.GetValue(options.Json)) terminal.WriteJson(traces);
            else if (id is null) TextTable.Write(terminal.Out, ["STARTED", "ID", "CALL", "BEGAN WITH", "LAST"], traces.Select(t => (IReadOnlyList<string>)
                [Time(t.StartedAt), t.Origin, t.Call, Line(t.Lines.Count > 0 ? t.Lines[0] : null), Line(t.Lines.Count > 0 ? t.Lines[^1] : null)]));
            else
                foreach (var trace in traces)
                {
                    terminal.Out.WriteLine($"{trace.Origin}  {trace.Call}  {Time(trace.StartedAt)}");
                    foreach (var line in trace.Lines) terminal.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.AtMs / 1000.0,10:0.000}  {Line(line)}"));
                }
            if (id is null || traces.Count > 0) return ExitCode.Ok;
            terminal.Error.WriteLine($"this site keeps no trace of {PlainText.Of(id)}");
            return ExitCode.Failed;
        }, cancelled));
        return command;
    }

    private static string Line(TraceLineView? line) => line is null ? "" : PlainText.Of(line.Text);

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
