using Mesh.Host.Pages;
using Mesh.Host.Status.Incidents;

namespace Mesh.Host.Status.Pages;

/// <summary>An incident among others: title, what it concerns, the last word said of it.</summary>
public static class IncidentCard
{
    public static Html Write(StatusScene scene, PagePlace place, IncidentReport incident)
    {
        var words = place.Words;
        return Html.Of($"""
            <article class="incident">
            <h3><a href="{place.To(PagePlace.Incident(incident.Id))}">{incident.Title}</a></h3>
            {Facts(scene, place, incident)}
            {(incident.Updates.Count == 0 ? Html.Nothing : Update(place, incident.Updates[^1]))}
            </article>
            """);
    }

    /// <summary>How bad, since when, what it concerns.</summary>
    public static Html Facts(StatusScene scene, PagePlace place, IncidentReport incident)
    {
        var words = place.Words;
        var when = incident.Planned is { } planned
            ? Html.Of($"{PageFrame.Time(words, planned.From)} – {PageFrame.Time(words, planned.Until)}")
            : PageFrame.Time(words, incident.OpenedAt);
        string concerns = string.Join(", ", incident.Services.Select(id => scene.Service(id) is { } known ? words.Service(known.Reading, scene.Options.Site) : id));
        return Html.Of($"""<p class="quiet">{words.Impact(incident.Impact)} · {when}{(concerns.Length == 0 ? Html.Nothing : Html.Of($" · {words.Affects}: {concerns}"))}{(!incident.IsOver && incident.Estimate is { } over ? Html.Of($" · {words.Expected}: {PageFrame.Time(words, over)}") : Html.Nothing)}</p>""");
    }

    public static Html Update(PagePlace place, IncidentUpdate update) => Html.Of($"""
        <p><strong>{place.Words.Phase(update.Phase)}</strong> <span class="quiet">{PageFrame.Time(place.Words, update.At)}</span></p>
        {IncidentText.Render(update.Text)}
        """);
}
