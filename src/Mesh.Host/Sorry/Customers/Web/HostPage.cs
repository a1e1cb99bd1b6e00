using System.Globalization;
using Mesh.Host.Sorry.Contents;
using Mesh.Host.Sorry.Switches;
using Mesh.Host.Pages;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>The page of one host: what is shown now, what was uploaded, what can be done.</summary>
/// <param name="preview">The address of a version's preview.</param>
public sealed class HostPage(CustomerWords words, string host, string csrf, Func<ContentVersion, string> preview)
{
    public Html Write(SorryNotice? notice, IReadOnlyList<ContentVersion> versions, string account, DateTimeOffset now)
    {
        bool isOver = notice?.Until is { } until && until <= now;
        var shown = isOver ? null : notice;
        return Html.Of($"""
            <section aria-labelledby="now"><h2 id="now">{words.Now}</h2>{Now(shown, versions, now)}</section>
            <section aria-labelledby="upload"><h2 id="upload">{words.Upload}</h2>
            <form method="post" action="{Action("upload")}" enctype="multipart/form-data">{CustomerFrame.Token(csrf)}
            <label for="file">{words.Files}</label><input type="file" id="file" name="file" multiple="" required="" aria-describedby="filehint" />
            <p class="quiet" id="filehint">{words.FilesHint}</p>
            <label for="label">{words.Label} ({words.Optional})</label><input id="label" name="label" maxlength="80" />
            <div><button>{words.Upload}</button></div></form></section>
            <section aria-labelledby="versions"><h2 id="versions">{words.Versions}</h2>{(versions.Count == 0 ? Html.Of($"<p>{words.NoVersions}</p>") : Table(versions, account))}</section>
            <section aria-labelledby="on"><h2 id="on">{words.SwitchOn}</h2>
            <form method="post" action="{Action("on")}">{CustomerFrame.Token(csrf)}
            <label for="version">{words.Version}</label><select id="version" name="version">{versions.Select(v => Html.Of($"""<option value="{v.ShortId}">{Name(v)}</option>"""))}<option value="none">{words.UsualPage}</option></select>
            <div class="row"><div><label for="from">{words.From} ({words.Optional})</label><input id="from" name="from" type="datetime-local" aria-describedby="timehint" /></div>
            <div><label for="until">{words.Until} ({words.Optional})</label><input id="until" name="until" type="datetime-local" aria-describedby="timehint" /></div></div>
            <p class="quiet" id="timehint">{words.TimeHint}</p>
            <label for="message">{words.Message} ({words.Optional})</label><input id="message" name="message" maxlength="400" aria-describedby="messagehint" />
            <p class="quiet" id="messagehint">{words.MessageHint}</p>
            <button>{words.SwitchOn}</button></form></section>
            """);
    }

    private Html Now(SorryNotice? notice, IReadOnlyList<ContentVersion> versions, DateTimeOffset now)
    {
        if (notice is null) return Html.Of($"<p>{words.IsOff}</p>");
        var version = versions.FirstOrDefault(v => v.Id == notice.Content);
        return Html.Of($"""
            <p><strong>{(notice.InForce(now) ? words.IsOn : words.IsOff)}</strong> {words.Version}: {(version is null ? words.UsualPage : Name(version))}.
            {(notice.InForce(now) ? "" : $"{words.Begins}: {Time(notice.From)}.")} {(notice.Until is { } until ? $"{words.Ends}: {Time(until)}." : "")}</p>
            {(notice.Customer.Length == 0 ? Html.Of($"<p>{words.ByOperator}</p>")
                : Html.Of($"""<form method="post" action="{Action("off")}">{CustomerFrame.Token(csrf)}<button>{words.SwitchOff}</button></form>"""))}
            """);
    }

    private Html Table(IReadOnlyList<ContentVersion> versions, string account) => Html.Of($"""
        <table><thead><tr><th scope="col">{words.Version}</th><th scope="col">{words.Taken}</th><th scope="col">{words.Size}</th><th scope="col">{words.Preview}</th><th scope="col">{words.Delete}</th></tr></thead><tbody>
        {versions.Select(v => Html.Of($"""
            <tr><th scope="row">{Name(v)}</th><td>{Time(v.TakenAt)}</td><td>{v.Files}, {Size(v.Octets)}</td>
            <td><a href="{preview(v)}" target="_blank" rel="noopener noreferrer" aria-label="{words.Preview} {Name(v)} ({words.NewWindow})">{words.Preview}</a></td>
            <td>{(v.Owner == account ? Html.Of($"""<form method="post" action="{Action("drop")}">{CustomerFrame.Token(csrf)}<input type="hidden" name="version" value="{v.ShortId}" /><button aria-label="{words.Delete} {Name(v)}">{words.Delete}</button></form>""") : Html.Nothing)}</td></tr>
            """))}
        </tbody></table>
        """);

    private string Action(string act) => $"/hosts/{host}/{act}";

    private static string Name(ContentVersion version) => version.Label.Length > 0 ? $"{version.Label} ({version.ShortId})" : version.ShortId;

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm' UTC'", CultureInfo.InvariantCulture);

    private static string Size(long octets) => octets < 10_240 ? $"{octets} B" : $"{octets / 1024} KiB";
}
