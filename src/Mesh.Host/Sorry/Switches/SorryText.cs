using System.Globalization;
using System.Text.Json;
using Mesh.Host.Admin;
using Mesh.Host.Commands;

namespace Mesh.Host.Sorry.Switches;

/// <summary>The switches as a terminal shows them.</summary>
public static class SorryText
{
    /// <summary>Shows the JSON of <c>/api/sorry</c>; warnings go to stderr.</summary>
    public static int Show(Terminal terminal, string body, bool json)
    {
        var view = JsonSerializer.Deserialize<SorryView>(body, AdminListener.Json)!;
        if (json) terminal.WriteJson(view);
        else
            TextTable.Write(terminal.Out, ["TARGET", "ANSWERS", "IN FORCE", "SINCE", "UNTIL", "WHO", "WHY", "MESSAGE"], view.Switches.Select(s => (IReadOnlyList<string>)
            [
                s.Notice.Target, Answer(s.Notice), s.InForce ? "yes" : "no", Time(s.Notice.Since), s.Notice.Until is { } until ? Time(until) : "-",
                Plain($"{s.Notice.Who}@{s.Notice.Site}"), Plain(s.Notice.Why), Plain(s.Notice.Message),
            ]));
        foreach (string warning in view.Warnings) terminal.Error.WriteLine($"warning: {warning}");
        return ExitCode.Ok;
    }

    public static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);

    public static string Answer(SorryNotice notice) => notice.Answer switch
    {
        SorryAnswer.Page => notice.Content.Length > 0 ? $"http page {notice.Content[..12]}" : "http page",
        SorryAnswer.Found => $"http 302 {notice.Location}",
        SorryAnswer.TemporaryRedirect => $"http 307 {notice.Location}",
        SorryAnswer.MovedPermanently => $"http 301 {notice.Location}",
        SorryAnswer.Close => "http close",
        SorryAnswer.Reset => "http reset",
        SorryAnswer.Defer => "smtp 450",
        SorryAnswer.Closing => "smtp 421",
        SorryAnswer.Reject => "smtp 550",
        SorryAnswer.NoMail => "smtp 556",
        SorryAnswer.Announce => $"phone {Announced(notice)}",
        SorryAnswer.AnnounceEarly => $"phone {Announced(notice)}, early",
        _ => "smtp 521",
    };

    private static string Announced(SorryNotice notice) => notice.Recording.Length > 0 ? $"sounds/{notice.Recording}.wav" : notice.Message.Length > 0 ? "message" : "announcement";

    // What another administrator wrote must not steer this one's terminal.
    private static string Plain(string text) => string.Concat(text.Select(static c => char.IsControl(c) ? '?' : c));
}
