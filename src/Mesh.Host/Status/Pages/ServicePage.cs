using Mesh.Host.Pages;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Status.Pages;

/// <summary>One service: its days as figures, and what was said of it.</summary>
public static class ServicePage
{
    public static string Write(StatusScene scene, PagePlace place, ServiceStatus service)
    {
        var words = place.Words;
        string name = words.Service(service.Reading, scene.Options.Site);
        var incidents = scene.Incidents.Where(i => StatusScene.Concerns(i, service)).ToArray();
        return PageFrame.Write(scene, place, name, Html.Of($"""
            <p><strong class="{ServiceBars.Class(service.State)}">{words.State(service.State)}</strong> · {(service.Uptime is { } share ? words.Uptime(words.Percent(share)) : words.NothingKnown)} · <a href="{place.To(PagePlace.Service(service.Id))}feed.atom">{words.Feed}</a></p>
            {ServiceBars.Write(words, service)}
            {(incidents.Length == 0 ? Html.Nothing : Html.Of($"<section><h2>{words.Past}</h2>{incidents.Select(i => IncidentCard.Write(scene, place, i))}</section>"))}
            <table>
            <thead><tr><th scope="col">{words.Day}</th><th scope="col">{words.State(ServiceState.Up)} (min)</th><th scope="col">{words.State(ServiceState.Degraded)} (min)</th><th scope="col">{words.State(ServiceState.Down)} (min)</th></tr></thead>
            <tbody>{service.Days.Reverse().Where(d => d.Known > TimeSpan.Zero).Select(d => Html.Of($"""<tr><th scope="row">{words.Date(d.Day)}</th><td>{words.Minutes(d.Up)}</td><td>{words.Minutes(d.Degraded)}</td><td>{words.Minutes(d.Down)}</td></tr>"""))}</tbody>
            </table>
            """));
    }
}
