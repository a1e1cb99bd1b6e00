using System.Text.Json;
using System.Xml.Linq;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Tests.Status;

public class StatusFeedTests
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    [Theory]
    [InlineData("/feed.atom", 4, "en")]
    [InlineData("/de/feed.atom", 4, "de")]
    [InlineData("/services/site-manchester/feed.atom", 4, "en")]
    [InlineData("/services/calls/feed.atom", 0, "en")]
    public void A_feed_has_what_RFC_4287_asks_for(string path, int entries, string language)
    {
        var scene = StatusScenes.Scene([StatusScenes.Incident(), StatusScenes.Past("i-3", 2000), StatusScenes.Past("i-5", 100), StatusScenes.Planned("m-1", 5)]);
        var feed = XDocument.Parse(scene.Get(path)).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        Assert.Equal(language, (string?)feed.Attribute(XNamespace.Xml + "lang"));
        Assert.Equal(entries, feed.Elements(Atom + "entry").Count());
        foreach (var element in feed.Elements(Atom + "entry").Prepend(feed))
        {
            Assert.True(Assert.Single(element.Elements(Atom + "title")).Value.Length > 0);
            Assert.Matches("^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$", Assert.Single(element.Elements(Atom + "id")).Value);
            Assert.True(DateTimeOffset.TryParse(Assert.Single(element.Elements(Atom + "updated")).Value, out _));
            Assert.Single(element.Elements(Atom + "link"), l => (string?)l.Attribute("rel") == "alternate");
        }
        Assert.Single(feed.Elements(Atom + "author"));
        var ids = feed.Descendants(Atom + "id").Select(i => i.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        var updated = feed.Elements(Atom + "entry").Select(e => e.Element(Atom + "updated")!.Value).ToArray();
        Assert.Equal(updated.OrderDescending(StringComparer.Ordinal), updated);
        // The same at another time and in the other language: readers must not see an incident twice.
        Assert.Equal(ids[1..].Order(), entries == 0 ? [] : XDocument.Parse(scene.Get("/de/feed.atom")).Descendants(Atom + "entry").Select(e => e.Element(Atom + "id")!.Value).Order());
    }

    [Fact]
    public void The_summary_has_the_shape_that_programs_know()
    {
        var scene = StatusScenes.Scene([StatusScenes.Incident(updates: [(IncidentPhase.Investigating, "One."), (IncidentPhase.Monitoring, "Two.")]), StatusScenes.Past("i-3", 90), StatusScenes.Planned("m-1", 5)], null, StatusScenes.Readings(ServiceState.Down));
        var summary = Json(scene.Get("/api/v2/summary.json"));
        Assert.Equal(["page", "components", "incidents", "scheduled_maintenances", "status"], summary.EnumerateObject().Select(p => p.Name));
        Assert.Equal(["id", "name", "url", "time_zone", "updated_at"], summary.GetProperty("page").EnumerateObject().Select(p => p.Name));
        Assert.Equal("major", summary.GetProperty("status").GetProperty("indicator").GetString());
        Assert.Equal("Some services are down.", summary.GetProperty("status").GetProperty("description").GetString());
        Assert.Equal(["operational", "major_outage"], summary.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("status").GetString()));
        Assert.Equal(["calls", "site-manchester"], summary.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
        var incident = Assert.Single(summary.GetProperty("incidents").EnumerateArray());
        foreach (string key in (string[])["id", "name", "status", "impact", "created_at", "updated_at", "monitoring_at", "resolved_at", "shortlink", "started_at", "page_id", "incident_updates", "components"]) Assert.True(incident.TryGetProperty(key, out _), key);
        Assert.Equal(("i-7", "monitoring", "major", JsonValueKind.Null), (incident.GetProperty("id").GetString(), incident.GetProperty("status").GetString(), incident.GetProperty("impact").GetString(), incident.GetProperty("resolved_at").ValueKind));
        Assert.Equal(["Two.", "One."], incident.GetProperty("incident_updates").EnumerateArray().Select(u => u.GetProperty("body").GetString()));
        Assert.Equal("2026-11-23T06:10:00Z", incident.GetProperty("monitoring_at").GetString());
        Assert.Equal("site-manchester", Assert.Single(incident.GetProperty("components").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("2026-11-23T13:00:00Z", Assert.Single(summary.GetProperty("scheduled_maintenances").EnumerateArray()).GetProperty("scheduled_for").GetString());
    }

    [Fact]
    public void The_other_documents_are_parts_of_it()
    {
        var scene = StatusScenes.Scene([StatusScenes.Incident(), StatusScenes.Past("i-3", 90), StatusScenes.Planned("m-1", 5)]);
        Assert.Equal(["page", "status"], Json(scene.Get("/api/v2/status.json")).EnumerateObject().Select(p => p.Name));
        Assert.Equal(["i-7", "i-3"], Json(scene.Get("/api/v2/incidents.json")).GetProperty("incidents").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
        Assert.Equal(["m-1"], Json(scene.Get("/api/v2/scheduled-maintenances.json")).GetProperty("scheduled_maintenances").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
        Assert.Equal("resolved", Json(scene.Get("/api/v2/incidents.json")).GetProperty("incidents")[1].GetProperty("status").GetString());
        Assert.Equal("none", Json(StatusScenes.Scene().Get("/api/v2/status.json")).GetProperty("status").GetProperty("indicator").GetString());
    }

    [Theory]
    [InlineData("/badge.svg", "en", "Example status: Everything works.")]
    [InlineData("/badge.svg", "de", "Example: Status: Alles funktioniert.")]
    [InlineData("/services/site-manchester/badge.svg", "en", "Connection to manchester: works")]
    public void A_badge_is_a_picture_with_a_text(string path, string language, string label)
    {
        var svg = StatusScenes.Parse(StatusScenes.Scene().Get(path, language)).Root!;
        Assert.Equal(("svg", "http://www.w3.org/2000/svg", label), (svg.Name.LocalName, svg.Name.NamespaceName, svg.Get("aria-label")));
        Assert.Equal(svg.All("rect").Sum(r => (int)r.Attribute("width")!), (int)svg.Attribute("width")!);
    }

    private static JsonElement Json(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
