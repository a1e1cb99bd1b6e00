using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Incidents;

namespace Mesh.Host.Commands;

/// <summary>The options of the commands that write an incident.</summary>
public sealed class IncidentOptions
{
    private static readonly Scalar<TimeSpan> Within = Numbers.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromDays(365));
    private readonly Terminal terminal;
    private readonly Option<string?> title = new("--title") { Description = "Another title." };
    private readonly Option<string?> text = new("--text", "-m") { Description = "What to say, in Markdown.", HelpName = "MARKDOWN" };
    private readonly Option<string?> state = new("--state") { Description = "draft, investigating, identified, monitoring, resolved, post-mortem; for planned work scheduled, in-progress, completed.", HelpName = "WORD" };
    private readonly Option<string?> impact = new("--impact") { Description = "none, minor, major, critical, maintenance.", HelpName = "WORD" };
    private readonly Option<string[]> services = new("--service") { Description = "What is affected; may be repeated.", HelpName = "NAME" };
    private readonly Option<DateTimeOffset?> until;
    private readonly Option<string?> who;
    private readonly Option<string?> why = new("--why") { Description = "For the journal, not for the public.", HelpName = "TEXT" };

    public IncidentOptions(Terminal terminal, TimeProvider time)
    {
        this.terminal = terminal;
        until = Time("--estimate", "When it is thought to be over: a time, or 2h from now.", time);
        until.Aliases.Add("--until");
        who = new Option<string?>("--who") { Description = "Who does it (MESH_WHO, else the user).", HelpName = "NAME", DefaultValueFactory = _ => Variable("MESH_WHO") ?? Variable("SUDO_USER") ?? Variable("USER") };
    }

    public void AddTo(Command command, bool hasTitle)
    {
        if (hasTitle) command.Add(title);
        foreach (var option in (Option[])[text, state, impact, services, until, who, why]) command.Add(option);
    }

    /// <summary>Null, and said so, when nobody is known who does it.</summary>
    public IncidentRequest? Request(ParseResult parsed)
    {
        if (string.IsNullOrWhiteSpace(parsed.GetValue(who)))
        {
            terminal.Error.WriteLine("who does it? --who NAME, or MESH_WHO");
            return null;
        }
        return new IncidentRequest(parsed.GetValue(who), parsed.GetValue(why))
        {
            Title = parsed.GetResult(title) is null ? null : parsed.GetValue(title),
            Text = parsed.GetValue(text),
            State = parsed.GetValue(state),
            Impact = parsed.GetValue(impact),
            Services = parsed.GetResult(services) is null ? null : parsed.GetValue(services),
            Estimate = parsed.GetValue(until),
        };
    }

    /// <summary>A time of day and date, UTC unless it says otherwise.</summary>
    /// <param name="now">A duration from now is read too; null: it is not.</param>
    public static Option<DateTimeOffset?> Time(string name, string help, TimeProvider? now = null) => new(name)
    {
        Description = help,
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) return at;
            if (now is not null && Within.TryRead(result.Tokens[0].Value, out var within)) return now.GetUtcNow() + within;
            result.AddError($"{(result.Parent as OptionResult)?.IdentifierToken?.Value ?? name} {result.Tokens[0].Value}: a time is expected, 2026-11-23T18:00Z");
            return null;
        },
    };

    private string? Variable(string name) => terminal.Environment.TryGetValue(name, out var value) && value.Length > 0 ? value : null;
}
