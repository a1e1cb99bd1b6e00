using Mesh.Host.Alarms;
using Mesh.Host.Incidents;
using Mesh.Host.Status.Incidents;
using IncidentImpact = Mesh.Host.Incidents.IncidentImpact;

namespace Mesh.Host.Tests.Alarms;

/// <summary>Several sites see the same thing and one draft comes of it, whatever the network does.</summary>
public sealed class AlarmDraftTests : IAsyncLifetime
{
    private static readonly IncidentRequest Anna = new("anna", null);
    private readonly AlarmMesh mesh = new([], "london", "manchester", "office", "offsite");

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await mesh.DisposeAsync();

    [Fact]
    public void A_mesh_that_comes_up_drafts_nothing() => Assert.All(mesh.Sites.Values, s => Assert.Empty(s.Desk.All));

    [Fact]
    public async Task A_dead_site_is_one_draft_that_a_person_confirms()
    {
        mesh["london"].Runs = false;
        mesh.Run(TimeSpan.FromSeconds(1.5));
        Assert.Empty(mesh["office"].Desk.All);
        mesh.Run(TimeSpan.FromSeconds(2));
        string[] living = ["manchester", "office", "offsite"];
        foreach (string site in living)
        {
            var draft = Assert.Single(mesh[site].Desk.All);
            Assert.Equal(("site-london-1", IncidentState.Draft, "Site london is not reachable", false), (draft.Id, draft.State, draft.Title, draft.IsPublic));
            Assert.Equal(living, draft.SeenBy.Order());
            Assert.Equal(["site-london"], draft.Services);
            Assert.Empty(new JournalIncidents(mesh[site].Journal).Reports());
        }

        var confirmed = await mesh["office"].Desk.ConfirmAsync(mesh["office"].Desk.Find("site-london-1")!, Anna with { Text = "We are on it.", Title = "London is cut off" }, default);
        Assert.Equal((IncidentState.Investigating, true, "London is cut off"), (confirmed.State, confirmed.IsPublic, confirmed.Title));
        mesh.Run(TimeSpan.FromSeconds(1));
        var shown = Assert.Single(new JournalIncidents(mesh["manchester"].Journal).Reports());
        Assert.Equal(["We are on it."], shown.Updates.Select(u => u.Text));
        await Assert.ThrowsAsync<IncidentException>(() => mesh["office"].Desk.ConfirmAsync(confirmed, Anna, default));

        // It lives again: noted for operators, for a person to close.
        mesh["london"].Runs = true;
        mesh.Run(TimeSpan.FromSeconds(20));
        foreach (var site in mesh.Sites.Values)
        {
            var incident = Assert.Single(site.Desk.All);
            Assert.Equal((IncidentState.Investigating, 0, true), (incident.State, incident.SeenBy.Count, incident.RecoveredAt is not null));
            Assert.Single(Assert.Single(new JournalIncidents(site.Journal).Reports()).Updates);
        }
    }

    [Fact]
    public void A_draft_nobody_confirmed_is_closed_when_nobody_sees_it_and_is_the_same_when_it_comes_back_soon()
    {
        Kill(TimeSpan.FromSeconds(5));
        Assert.Single(mesh["office"].Drafts);
        mesh.Run(TimeSpan.FromSeconds(20));
        Assert.Equal((IncidentState.Resolved, false), (Only.State, Only.IsPublic));
        Kill(TimeSpan.FromSeconds(5));
        Assert.Equal(("site-london-1", IncidentState.Draft), (Only.Id, Only.State));
        mesh.Run(TimeSpan.FromMinutes(12));
        Assert.Equal(IncidentState.Resolved, Only.State);
        Kill(TimeSpan.FromSeconds(5));
        Assert.Equal(["site-london-1", "site-london-2"], mesh["office"].Desk.All.Select(i => i.Id).Order());
        Assert.Equal("site-london-2", Assert.Single(mesh["manchester"].Drafts).Id);
    }

    [Fact]
    public async Task What_a_person_closed_stays_closed_while_it_lasts_and_is_new_when_it_happens_again()
    {
        mesh["london"].Runs = false;
        mesh.Run(TimeSpan.FromSeconds(4));
        await mesh["office"].Desk.CloseAsync(Only, Anna, default);
        mesh.Run(TimeSpan.FromSeconds(30));
        Assert.Equal((IncidentState.Resolved, false), (Only.State, Only.IsPublic));
        mesh["london"].Runs = true;
        mesh.Run(TimeSpan.FromSeconds(20));
        Kill(TimeSpan.FromSeconds(5));
        Assert.Equal("site-london-2", Assert.Single(mesh["manchester"].Drafts).Id);
    }

    [Fact]
    public void A_site_cut_off_and_those_it_is_cut_off_from_draft_the_same()
    {
        mesh.Cut(["london"], ["manchester", "office", "offsite"]);
        mesh.Run(TimeSpan.FromSeconds(5));
        Assert.Equal("site-london-1", Assert.Single(mesh["london"].Drafts).Id);
        Assert.Equal(["london"], Assert.Single(mesh["london"].Drafts).SeenBy);
        Assert.Equal("site-london-1", Assert.Single(mesh["office"].Drafts).Id);
        mesh.Heal();
        mesh.Run(TimeSpan.FromSeconds(2));
        Assert.All(mesh.Sites.Values, s => Assert.Equal(4, Assert.Single(s.Desk.All).SeenBy.Count));
        mesh.Run(TimeSpan.FromSeconds(30));
        Assert.All(mesh.Sites.Values, s => Assert.Empty(s.Drafts));
        Assert.All(mesh.Sites.Values, s => Assert.Equal(IncidentState.Resolved, Assert.Single(s.Desk.All).State));
    }

    [Fact]
    public async Task A_confirmation_on_one_side_of_a_split_outlives_the_closing_on_the_other()
    {
        mesh.Cut(["london", "manchester"], ["office", "offsite"]);
        mesh["london"].More.Add(new AlarmFact("trunk-magrathea", "Carrier magrathea does not answer", ["trunk-magrathea"], IncidentImpact.Major, TimeSpan.Zero));
        mesh["office"].More.Add(new AlarmFact("trunk-magrathea", "Carrier magrathea does not answer", ["trunk-magrathea"], IncidentImpact.Major, TimeSpan.Zero));
        mesh.Run(TimeSpan.FromSeconds(5));
        mesh["office"].More.Clear();
        mesh["london"].More.Clear();
        mesh.Run(TimeSpan.FromSeconds(20));
        Assert.Equal(IncidentState.Resolved, mesh["office"].Desk.Find("trunk-magrathea-1")!.State);
        await mesh["london"].Desk.ConfirmAsync(mesh["london"].Desk.Find("trunk-magrathea-1")!, Anna, default);
        mesh.Heal();
        mesh.Run(TimeSpan.FromSeconds(30));
        Assert.All(mesh.Sites.Values, s => Assert.Equal((IncidentState.Investigating, true), (s.Desk.Find("trunk-magrathea-1")!.State, s.Desk.Find("trunk-magrathea-1")!.IsPublic)));
    }

    [Fact]
    public void A_journal_that_is_not_exchanged_is_one_draft_of_the_two()
    {
        var options = new AlarmOptions();
        var roster = new SiteRoster("office", ["london", "manchester"], options);
        roster.Set("london", Mesh.Host.Status.Sampling.ServiceState.Up);
        roster.Set("manchester", Mesh.Host.Status.Sampling.ServiceState.Up);
        roster.SetJournal("london", "its answer is not made with our mesh key");
        Assert.Equal("journal-london-office", Assert.Single(roster.Facts()).Key);
        Assert.Equal(["manchester"], roster.Heard);
        roster.SetJournal("london", null);
        Assert.Empty(roster.Facts());
    }

    private Incident Only => Assert.Single(mesh["office"].Desk.All);

    private void Kill(TimeSpan time)
    {
        mesh["london"].Runs = false;
        mesh.Run(time);
        mesh["london"].Runs = true;
    }
}
