using Mesh.Host.Incidents;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Switches;
using Mesh.Io;

namespace Mesh.Host.Tests.Sorry.Http;

/// <summary>Retry-After counts to what people think the end of the incident is.</summary>
public sealed class EstimateTests : IDisposable
{
    private static readonly IncidentRequest Anna = new("anna", null);
    private readonly HandClock clock = new();
    private readonly MemoryJournal journal;
    private readonly IncidentDesk desk;
    private readonly IncidentEnds ends;

    public EstimateTests()
    {
        journal = new MemoryJournal(clock);
        desk = new IncidentDesk(journal, clock, new SeededChance(1));
        ends = new IncidentEnds(journal);
    }

    public void Dispose() => ends.Dispose();

    [Theory]
    [InlineData("www.example.org", "www.example.org", "", true)]
    [InlineData("WWW.Example.org", "www.example.org", "", true)]
    [InlineData("*.example.org", "www.example.org", "", true)]
    [InlineData("example.org", "www.example.org", "", false)]
    [InlineData("site-london", "www.example.org", "london", true)]
    [InlineData("london", "www.example.org", "london", true)]
    [InlineData("site-london", "www.example.org", "", false)]
    [InlineData("calls", "www.example.org", "london", false)]
    public async Task An_incident_counts_for_what_it_names(string service, string host, string gone, bool counts)
    {
        var end = clock.Now.AddMinutes(20);
        await desk.OpenAsync(Anna with { Title = "t", Services = [service], Estimate = end }, default);
        var notice = new SorryNotice(host, SorryAnswer.Page, "", "", clock.Now, clock.Now, null, "x", "", "manchester") { Automatic = gone };
        Assert.Equal(counts ? end : null, ends.Of(host, notice, clock.Now));
    }

    [Fact]
    public async Task A_draft_one_that_is_closed_and_one_whose_time_is_over_count_for_nothing()
    {
        var draft = await desk.OpenAsync(Anna with { Title = "t", State = "draft", Services = ["a.example"], Estimate = clock.Now.AddMinutes(20) }, default);
        Assert.Null(ends.Of("a.example", null, clock.Now));
        await desk.ConfirmAsync(draft, Anna, default);
        Assert.NotNull(ends.Of("a.example", null, clock.Now));
        Assert.Null(ends.Of("a.example", null, clock.Now.AddMinutes(20)));
        await desk.CloseAsync(desk.Find(draft.Id)!, Anna, default);
        Assert.Null(ends.Of("a.example", null, clock.Now));
    }

    [Fact]
    public async Task The_page_says_so_and_the_switchs_own_end_goes_before_when_it_is_sooner()
    {
        await using var world = await HttpWorld.StartAsync("127.72.2.1", journal: new MemoryJournal(TimeProvider.System));
        await world.On("www.example", SorryAnswer.Page);
        var incidents = new IncidentDesk(world.Journal, TimeProvider.System, new SeededChance(1));
        Assert.Equal(300, await RetryAfterAsync());
        var incident = await incidents.OpenAsync(Anna with { Title = "t", Services = ["www.example"], Estimate = DateTimeOffset.UtcNow.AddMinutes(20) }, default);
        Assert.InRange(await RetryAfterAsync(), 1100, 1200);
        Assert.Contains(" UTC", await world.AskAsync("GET", "/", "www.example", "Accept: text/plain"));
        await world.On("www.example", SorryAnswer.Page, o => o with { Until = DateTimeOffset.UtcNow.AddMinutes(10) });
        Assert.InRange(await RetryAfterAsync(), 500, 600);
        await incidents.UpdateAsync(incident, Anna with { Estimate = DateTimeOffset.UtcNow.AddMinutes(5) }, default);
        Assert.InRange(await RetryAfterAsync(), 200, 300);

        async Task<int> RetryAfterAsync() => int.Parse((await world.AskAsync("GET", "/", "www.example")).Split("Retry-After: ")[1].Split('\r')[0], System.Globalization.CultureInfo.InvariantCulture);
    }
}
