using Mesh.Host.Pages;
using Mesh.Host.Status.Incidents;

namespace Mesh.Host.Status.Pages;

/// <summary>One incident with all that was said of it, the latest first.</summary>
public static class IncidentPage
{
    public static string Write(StatusScene scene, PagePlace place, IncidentReport incident) => PageFrame.Write(scene, place, incident.Title, Html.Of($"""
        {IncidentCard.Facts(scene, place, incident)}
        <section aria-labelledby="timeline">
        <h2 id="timeline">{place.Words.Timeline}</h2>
        <ol class="plain" reversed="reversed">{incident.Updates.Reverse().Select(u => Html.Of($"""<li class="incident">{IncidentCard.Update(place, u)}</li>"""))}</ol>
        </section>
        """));
}
