using Mesh.Host.Pages;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Subscriptions;

namespace Mesh.Host.Status.Pages;

/// <summary>The first page: verdict, what is wrong, services, planned work, the last thirty days.</summary>
public static class OverviewPage
{
    private static readonly TimeSpan Recently = TimeSpan.FromDays(30);

    public static string Write(StatusScene scene, PagePlace place)
    {
        var words = place.Words;
        var recent = scene.Past.Where(i => scene.Now - i.OverAt!.Value < Recently).ToArray();
        return PageFrame.Write(scene, place, "", Html.Of($"""
            <p class="verdict {scene.Verdict.ToString().ToLowerInvariant()}">{words.Sentence(scene.Verdict)}</p>
            {Updated(scene, place)}
            {Section(words.Current, scene.Current, scene, place)}
            <section aria-labelledby="services">
            <h2 id="services">{words.Services}</h2>
            <ul class="plain">{scene.Snapshot.Services.Select(s => Service(scene, place, s))}</ul>
            <p class="quiet">{words.Legend}</p>
            </section>
            {Section(words.PlannedWork, scene.Ahead, scene, place)}
            <section aria-labelledby="past">
            <h2 id="past">{words.Past}</h2>
            {(recent.Length == 0 ? Html.Of($"<p>{words.NoPast}</p>") : Html.Join(recent.Select(i => IncidentCard.Write(scene, place, i))))}
            <p><a href="{place.To("history/")}">{words.AllPast}</a></p>
            </section>
            {(scene.Options.Subscribe is { } url ? SubscriptionForm.Invitation(SubscriptionWords.Of(words.Language), new Uri(url, $"{words.Language}/subscribe/")) : Html.Nothing)}
            """));
    }

    private static Html Updated(StatusScene scene, PagePlace place)
    {
        var words = place.Words;
        if (scene.Snapshot.At is not { } at) return Html.Of($"""<p class="stale">{words.NeverUpdated}</p>""");
        var when = Html.Of($"{words.LastUpdated}: {PageFrame.Time(words, at)}");
        return scene.IsStale
            ? Html.Of($"""<p class="stale">{when}. {words.Stale}</p>""")
            : Html.Of($"""<p class="quiet">{when}</p><p class="old">{words.OpenForLong}</p>""");
    }

    private static Html Section(string title, IEnumerable<IncidentReport> incidents, StatusScene scene, PagePlace place) =>
        incidents.ToArray() is { Length: > 0 } some ? Html.Of($"<section><h2>{title}</h2>{some.Select(i => IncidentCard.Write(scene, place, i))}</section>") : Html.Nothing;

    private static Html Service(StatusScene scene, PagePlace place, ServiceStatus service)
    {
        var words = place.Words;
        string uptime = service.Uptime is { } share ? words.Uptime(words.Percent(share)) : words.NothingKnown;
        return Html.Of($"""
            <li class="service">
            <p><a href="{place.To(PagePlace.Service(service.Id))}">{words.Service(service.Reading, scene.Options.Site)}</a> <strong class="{ServiceBars.Class(service.State)}">{words.State(service.State)}</strong></p>
            {ServiceBars.Write(words, service)}
            <p class="quiet"><span>{words.NinetyDaysAgo}</span> <span>{uptime}</span> <span>{words.Today}</span></p>
            </li>
            """);
    }
}
