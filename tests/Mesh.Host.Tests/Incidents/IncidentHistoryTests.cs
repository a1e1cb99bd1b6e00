using System.Text.Json;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;

namespace Mesh.Host.Tests.Incidents;

public class IncidentHistoryTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);
    private readonly List<JournalEntry> entries = [];

    [Fact]
    public void An_incidents_life()
    {
        Add("london", 0, new IncidentChange(true, IncidentState.Investigating, "calls fail") { Title = "No calls", Impact = IncidentImpact.Major, Services = ["calls", "trunk"] });
        Add("london", 1, new IncidentChange(false, IncidentState.Identified, "the carrier") { Estimate = Noon.AddHours(2) });
        Add("leeds", 2, new IncidentChange(false, null, "still the carrier") { Title = "No calls to the outside", Services = ["trunk"] });
        Assert.Equal((IncidentState.Identified, "No calls to the outside", Noon.AddHours(2), true), (One.State, One.Title, One.Estimate!.Value, One.IsOpen));
        Add("london", 3, new IncidentChange(false, IncidentState.Monitoring, ""));
        Add("london", 4, new IncidentChange(false, IncidentState.Resolved, "it works"));
        Assert.Equal((IncidentState.Resolved, Noon.AddMinutes(4), false), (One.State, One.ClosedAt!.Value, One.IsOpen));
        Add("london", 90, new IncidentChange(false, IncidentState.PostMortem, "what we learnt"));
        Assert.Equal((IncidentState.PostMortem, Noon.AddMinutes(4)), (One.State, One.ClosedAt!.Value));
        Assert.Equal((IncidentImpact.Major, Noon, true, false), (One.Impact, One.OpenedAt, One.IsPublic, One.IsPlanned));
        Assert.Equal(["trunk"], One.Services);
        Assert.Equal([IncidentState.Investigating, IncidentState.Identified, null, IncidentState.Monitoring, IncidentState.Resolved, IncidentState.PostMortem], One.Updates.Select(u => u.State));
        Assert.Equal(["london", "london", "leeds", "london", "london", "london"], One.Updates.Select(u => u.Site));
    }

    [Fact]
    public void An_update_made_where_nobody_knew_of_the_closing_does_not_undo_it()
    {
        Add("london", 0, new IncidentChange(true, IncidentState.Investigating, "") { Title = "t" });
        Add("london", 1, new IncidentChange(false, IncidentState.Resolved, "done"));
        Add("leeds", 2, new IncidentChange(false, IncidentState.Monitoring, "it looks better"));
        Assert.Equal((IncidentState.Resolved, Noon.AddMinutes(1), 3), (One.State, One.ClosedAt!.Value, One.Updates.Count));
        Add("leeds", 3, new IncidentChange(false, IncidentState.Resolved, "done here too"));
        Assert.Equal(Noon.AddMinutes(1), One.ClosedAt);
        Add("leeds", 4, new IncidentChange(false, IncidentState.Investigating, "again") { Reopens = true });
        Assert.Equal((IncidentState.Investigating, null), (One.State, One.ClosedAt));
    }

    [Fact]
    public void What_was_learnt_is_not_taken_back_by_a_closing_of_the_other_side()
    {
        Add("london", 0, new IncidentChange(true, IncidentState.Investigating, "") { Title = "t" });
        Add("london", 1, new IncidentChange(false, IncidentState.PostMortem, "learnt"));
        Add("leeds", 2, new IncidentChange(false, IncidentState.Resolved, ""));
        Assert.Equal(IncidentState.PostMortem, One.State);
    }

    [Fact]
    public void An_update_dated_before_the_opening_comes_after_it()
    {
        Add("leeds", -5, new IncidentChange(false, IncidentState.Monitoring, "better"));
        Assert.Empty(IncidentHistory.Of(entries));
        Add("london", 0, new IncidentChange(true, IncidentState.Investigating, "bad") { Title = "t" });
        Assert.Equal((IncidentState.Monitoring, "bad"), (One.State, One.Updates[0].Text));
    }

    [Fact]
    public void A_draft_is_for_operators_until_a_person_confirms_it()
    {
        Add("london", 0, new IncidentChange(true, IncidentState.Draft, "leeds does not answer") { Title = "leeds" });
        Assert.Equal((false, true), (One.IsPublic, One.IsOpen));
        Add("london", 1, new IncidentChange(false, IncidentState.Resolved, "false alarm"));
        Assert.Equal((false, false), (One.IsPublic, One.IsOpen));
        entries.RemoveAt(1);
        Add("london", 1, new IncidentChange(false, IncidentState.Investigating, "it is so"));
        Assert.True(One.IsPublic);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"opens":"yes"}""")]
    [InlineData("""{"opens":true,"state":3,"text":""}""")]
    [InlineData("""{"opens":true,"state":"exploded","text":""}""")]
    [InlineData("""{"opens":true,"state":"resolved","text":null}""")]
    [InlineData("""{"opens":true,"state":"resolved","text":"","services":[null]}""")]
    public void What_is_not_understood_is_left_out(string body)
    {
        entries.Add(new JournalEntry("leeds", 9, Noon, "incident", "i-2", "w", "", JsonSerializer.Deserialize<JsonElement>(body)));
        Add("london", 0, new IncidentChange(true, IncidentState.Investigating, "") { Title = "t" });
        Assert.Equal("i-1", Assert.Single(IncidentHistory.Of(entries)).Id);
    }

    private Incident One => Assert.Single(IncidentHistory.Of(entries.Order(JournalOrder.Instance)));

    private void Add(string site, int minute, IncidentChange change) =>
        entries.Add(new JournalEntry(site, entries.Count(e => e.Site == site) + 1, Noon.AddMinutes(minute), "incident", "i-1", "miriam", "", change.ToBody()));
}
