using Mesh.Host.Status.Feeds;
using Mesh.Host.Status.Pages;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Words;

namespace Mesh.Host.Status;

/// <summary>
/// Which address shows what. A pure function of the scene, so that the listener and the export show the same.
/// <code>
/// /  /en/  /de/                overview            /[de/]feed.atom  /[de/]services/ID/feed.atom
/// /[de/]incidents/ID/          one incident        /badge.svg       /services/ID/badge.svg
/// /[de/]history/  history/2026-11/                 /api/v2/{summary,status,components,incidents,scheduled-maintenances}.json
/// /[de/]services/ID/           one service         /paths.txt       all of these
/// </code>
/// </summary>
public static class StatusSite
{
    private static readonly string[] Documents = ["summary.json", "status.json", "components.json", "incidents.json", "scheduled-maintenances.json"];

    /// <param name="path">With its leading slash, decoded.</param>
    public static StatusAnswer Answer(StatusScene scene, string path, string? acceptLanguage)
    {
        string[] parts = path.Split('/')[1..];
        var chosen = StatusWords.All.FirstOrDefault(w => w.Language == parts[0] && parts.Length > 1);
        var words = chosen ?? AcceptLanguage.Choose(acceptLanguage);
        bool isExplicit = chosen is not null;
        // A page is a folder: without its slash relative links would lead elsewhere.
        if (parts[^1].Length > 0 && !parts[^1].Contains('.') && IsPage(scene, words, isExplicit, [.. parts, ""]))
            return new StatusAnswer(308, "text/plain; charset=utf-8", []) { Location = Uri.EscapeDataString(parts[^1]) + "/" };
        return Find(scene, words, isExplicit, parts) is { } found
            ? found with { IsNegotiated = !isExplicit && found.Language.Length > 0 }
            : Missing(scene, words, isExplicit);
    }

    /// <summary>The address of everything there is now, without the leading slash; the overview in the first language is the empty one.</summary>
    public static IReadOnlyList<string> Paths(StatusScene scene)
    {
        string[] pages =
        [
            "", "history/", "feed.atom",
            .. scene.Past.Select(i => PagePlace.Month(HistoryPage.Month(i))).Distinct(),
            .. scene.Incidents.Select(i => PagePlace.Incident(i.Id)),
            .. scene.Snapshot.Services.SelectMany(s => (string[])[PagePlace.Service(s.Id), PagePlace.Service(s.Id) + "feed.atom"]),
        ];
        return
        [
            .. pages, .. StatusWords.All.SelectMany(w => pages.Select(p => $"{w.Language}/{p}")),
            "badge.svg", .. scene.Snapshot.Services.Select(s => PagePlace.Service(s.Id) + "badge.svg"),
            .. Documents.Select(d => "api/v2/" + d),
        ];
    }

    private static StatusAnswer? Find(StatusScene scene, StatusWords words, bool isExplicit, string[] parts) => (isExplicit ? parts[1..] : parts) switch
    {
        ["api", "v2", var document] when !isExplicit => new StatusJson(scene).Write(document) is { } json ? StatusAnswer.Of(200, StatusAnswer.Json, json) : null,
        ["paths.txt"] when !isExplicit => StatusAnswer.Of(200, "text/plain; charset=utf-8", string.Join('\n', Paths(scene)) + "\n"),
        ["badge.svg"] => Badge(scene, words, null),
        ["services", var id, "badge.svg"] => scene.Service(id) is { } service ? Badge(scene, words, service) : null,
        ["feed.atom"] => Feed(scene, new PagePlace("feed.atom", words, isExplicit), null),
        ["services", var id, "feed.atom"] => scene.Service(id) is { } service ? Feed(scene, new PagePlace(PagePlace.Service(id) + "feed.atom", words, isExplicit), service) : null,
        var page => Page(scene, words, isExplicit, page),
    };

    private static StatusAnswer? Page(StatusScene scene, StatusWords words, bool isExplicit, string[] page)
    {
        PagePlace At(string resource) => new(resource, words, isExplicit);
        string? text = page switch
        {
            [""] => OverviewPage.Write(scene, At("")),
            ["history", ""] => HistoryPage.Write(scene, At("history/")),
            ["history", var month, ""] => HistoryPage.WriteMonth(scene, At($"history/{month}/"), month),
            ["incidents", var id, ""] => scene.Find(id) is { } incident ? IncidentPage.Write(scene, At(PagePlace.Incident(id)), incident) : null,
            ["services", var id, ""] => scene.Service(id) is { } service ? ServicePage.Write(scene, At(PagePlace.Service(id)), service) : null,
            _ => null,
        };
        if (text is null) return null;
        return StatusAnswer.Of(200, StatusAnswer.Page, text) with { Language = words.Language, RefreshSeconds = page is [""] ? (int)scene.Options.RefreshAfter.TotalSeconds : 0 };
    }

    private static bool IsPage(StatusScene scene, StatusWords words, bool isExplicit, string[] parts)
    {
        if (parts.Length == 2 && StatusWords.All.Any(w => w.Language == parts[0])) return true;
        return Page(scene, words, isExplicit, isExplicit ? parts[1..] : parts) is not null;
    }

    private static StatusAnswer Feed(StatusScene scene, PagePlace place, ServiceStatus? service) =>
        StatusAnswer.Of(200, StatusAnswer.Atom, AtomFeed.Write(scene, place, service)) with { Language = place.Words.Language };

    private static StatusAnswer Badge(StatusScene scene, StatusWords words, ServiceStatus? service)
    {
        string text = service is null
            ? StatusBadge.Write(words.Title(scene.Options.Name), words.Sentence(scene.Verdict), Tone(scene.Verdict))
            : StatusBadge.Write(words.Service(service.Reading, scene.Options.Site), words.State(service.State), ServiceBars.Class(service.State));
        return StatusAnswer.Of(200, StatusAnswer.Svg, text) with { Language = words.Language };
    }

    private static string Tone(Verdict verdict) => verdict switch
    {
        Verdict.AllWorks => "up",
        Verdict.Maintenance or Verdict.Minor => "degraded",
        Verdict.Major or Verdict.Critical => "down",
        _ => "unknown",
    };

    private static StatusAnswer Missing(StatusScene scene, StatusWords words, bool isExplicit) =>
        StatusAnswer.Of(404, StatusAnswer.Page, NotFoundPage.Write(scene, new PagePlace("", words, isExplicit) { IsAnywhere = true })) with { Language = words.Language, IsNegotiated = !isExplicit };
}
