using System.Globalization;
using Mesh.Host.Pages;
using Mesh.Host.Status.Incidents;

namespace Mesh.Host.Status.Pages;

/// <summary>Past incidents by month: all months as links, or one of them whole.</summary>
public static class HistoryPage
{
    public static string Write(StatusScene scene, PagePlace place) => PageFrame.Write(scene, place, place.Words.Past, scene.Past.Any()
        ? Html.Join(scene.Past.GroupBy(Month).Select(m => Html.Of($"""
            <section>
            <h2><a href="{place.To(PagePlace.Month(m.Key))}">{place.Words.Month(m.Key.Year, m.Key.Month)}</a></h2>
            <ul>{m.Select(i => Html.Of($"""<li><a href="{place.To(PagePlace.Incident(i.Id))}">{i.Title}</a> <span class="quiet">{PageFrame.Time(place.Words, i.OpenedAt)}</span></li>"""))}</ul>
            </section>
            """)))
        : Html.Of($"<p>{place.Words.NoPast}</p>"));

    /// <summary>Null when the month is none, or had no incident.</summary>
    public static string? WriteMonth(StatusScene scene, PagePlace place, string month)
    {
        if (!DateTimeOffset.TryParseExact(month, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var first)) return null;
        var incidents = scene.Past.Where(i => Month(i) == first).ToArray();
        return incidents.Length == 0 ? null : PageFrame.Write(scene, place, $"{place.Words.Past}: {place.Words.Month(first.Year, first.Month)}", Html.Of($"""
            <section>
            <h2>{place.Words.Month(first.Year, first.Month)}</h2>
            {incidents.Select(i => IncidentCard.Write(scene, place, i))}
            </section>
            """));
    }

    /// <summary>The month an incident began, UTC.</summary>
    public static DateTimeOffset Month(IncidentReport incident) => new(incident.OpenedAt.UtcDateTime.Year, incident.OpenedAt.UtcDateTime.Month, 1, 0, 0, 0, TimeSpan.Zero);
}
