using System.Text.Json;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Words;
using IncidentImpact = Mesh.Host.Incidents.IncidentImpact;

namespace Mesh.Host.Tests.Status;

/// <summary>What is done to an incident in the journal, as the public reads it.</summary>
public class JournalIncidentsTests
{
    private readonly Written journal = new();

    [Fact]
    public void An_incident_of_the_journal_is_on_the_page_from_opening_to_post_mortem()
    {
        journal.Add("7", 0, new IncidentChange(true, IncidentState.Investigating, "**Calls** fail.") { Title = "No calls <b>to</b> Manchester", Impact = IncidentImpact.Major, Services = ["Manchester", "the lift"], Estimate = StatusScenes.Now.AddHours(3) });
        journal.Add("7", 5, new IncidentChange(false, null, "Still so."));
        Assert.Equal(Verdict.Major, Scene.Verdict);
        var page = Scene.Page("/incidents/7/");
        Assert.Equal("No calls <b>to</b> Manchester", page.One("h1").Value);
        Assert.Contains("Thought to be over by: 23 November 2026, 11:00 UTC", page.One("main").Value);
        Assert.Contains("Concerns: Manchester, the lift", page.One("main").Value);
        Assert.Equal(["Investigating", "Investigating", "Calls"], page.One("ol").All("strong").Select(s => s.Value));
        Assert.Single(Scene.Page("/services/site-manchester/").All("article"));
        Assert.Empty(Scene.Page("/services/calls/").All("article"));

        journal.Add("7", 20, new IncidentChange(false, IncidentState.Resolved, "Mended."));
        journal.Add("7", 25, new IncidentChange(false, IncidentState.Monitoring, "From the other side of a split."));
        Assert.Equal(Verdict.AllWorks, Scene.Verdict);
        Assert.Equal(StatusScenes.Now.AddMinutes(-100 + 20), Assert.Single(Scene.Past).OverAt);
        Assert.DoesNotContain("Thought to be over", Scene.Get("/incidents/7/"));
        journal.Add("7", 60, new IncidentChange(false, IncidentState.PostMortem, "A cable."));
        Assert.Contains("\"status\": \"postmortem\"", Scene.Get("/api/v2/incidents.json"));
    }

    [Fact]
    public void A_draft_is_nobodys_business_nor_what_was_said_of_it()
    {
        journal.Add("8", 0, new IncidentChange(true, IncidentState.Draft, "manchester does not answer: secret-rack-7") { Title = "Manchester is down" });
        Assert.Empty(Scene.Incidents);
        Scene.Page("/incidents/8/", status: 404);
        journal.Add("8", 1, new IncidentChange(false, null, "is it secret-rack-7 again?"));
        journal.Add("8", 2, new IncidentChange(false, IncidentState.Identified, "Power."));
        Assert.DoesNotContain("secret-rack-7", Scene.Get("/incidents/8/"));
        Assert.Contains("Power.", Scene.Get("/"));
    }

    [Fact]
    public void Who_did_it_and_why_is_not_for_the_public()
    {
        journal.Add("9", 0, new IncidentChange(true, IncidentState.Investigating, "x") { Title = "t" });
        foreach (string path in Mesh.Host.Status.StatusSite.Paths(Scene))
        {
            string text = Scene.Get("/" + path);
            Assert.DoesNotContain("secret-person", text);
            Assert.DoesNotContain("secret-reason", text);
        }
    }

    [Fact]
    public void Planned_work_has_its_times()
    {
        journal.Add("m", 0, new IncidentChange(true, IncidentState.Scheduled, "New router.") { Title = "Router", Impact = IncidentImpact.Maintenance, PlannedFrom = StatusScenes.Now.AddHours(4), PlannedTo = StatusScenes.Now.AddHours(5) });
        Assert.Single(Scene.Ahead);
        Assert.Contains("23 November 2026, 12:00 UTC – 23 November 2026, 13:00 UTC", Scene.Page("/").One("main").Value);
        journal.Add("m", 1, new IncidentChange(false, IncidentState.InProgress, "We begin."));
        Assert.Equal(Verdict.Maintenance, Scene.Verdict);
        journal.Add("m", 2, new IncidentChange(false, IncidentState.Completed, "Done."));
        Assert.Equal(Verdict.AllWorks, Scene.Verdict);
    }

    private Mesh.Host.Status.StatusScene Scene => StatusScenes.Scene(new JournalIncidents(journal).Reports());

    private sealed class Written : ISharedJournal
    {
        private readonly List<JournalEntry> entries = [];

        public void Add(string subject, int minute, IncidentChange change) =>
            entries.Add(new JournalEntry("london", entries.Count + 1, StatusScenes.Now.AddMinutes(minute - 100), IncidentChange.Kind, subject, "secret-person", "secret-reason", change.ToBody()));

        public IReadOnlyList<JournalEntry> Read(string kind) => [.. entries.Where(e => e.Kind == kind)];

        public Task<JournalEntry> AppendAsync(string kind, string subject, string who, string why, JsonElement body, CancellationToken cancelled = default) => throw new NotSupportedException();

        public IDisposable Observe(Action<JournalEntry> onEntry) => throw new NotSupportedException();
    }
}
