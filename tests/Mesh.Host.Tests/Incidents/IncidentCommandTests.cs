using System.Net;
using System.Text;
using System.Text.Json;
using Mesh.Host.Commands;
using Mesh.Host.Config.Model;
using Mesh.Host.Incidents;
using Mesh.Host.Journal;
using Mesh.Host.Tests.Admin;
using Mesh.Host.Tests.Journal;
using Mesh.Host.Tests.Storage;
using Mesh.Io;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Incidents;

public sealed class IncidentCommandTests : IAsyncLifetime
{
    private readonly StringWriter output = new(), error = new();
    private readonly SharedJournal journal = new("london", JournalState.Empty, new RefusingStorage(), TimeProvider.System, new JournalLimits());
    private Mesh.Host.Admin.AdminListener? listener;
    private string url = "";

    public async Task InitializeAsync()
    {
        // Tests of one class run one after another.
        url = "http://127.61.20.1:8080";
        listener = await Mesh.Host.Admin.AdminListener.StartAsync(new FakeSiteView(), null, new ListenAddress("http", IPAddress.Parse("127.61.20.1"), 8080, ""), NullLoggerFactory.Instance, CancellationToken.None,
            new IncidentPages(new IncidentDesk(journal, TimeProvider.System, new SeededChance(7))));
    }

    public async Task DisposeAsync() => await listener!.DisposeAsync();

    [Fact]
    public async Task An_incident_is_opened_updated_and_closed_and_each_is_recorded_with_who_and_why()
    {
        Assert.Equal(ExitCode.Ok, await Run("incident", "open", "No calls", "--text", "to **the outside**", "--service", "calls", "--service", "trunk", "--impact", "major", "--until", "2026-11-23T18:00Z", "--who", "miriam", "--why", "alarm 7"));
        string id = output.ToString().Trim();
        Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-z]{8}$", id);
        Assert.Equal(ExitCode.Ok, await Run("incident", "update", id, "--state", "identified", "--text", "the carrier", "--who", "tom"));
        Assert.Equal(ExitCode.Ok, await Run("incident", "list"));
        Assert.Contains($"{id}  identified  major", output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("incident", "close", id, "--text", "it works", "--who", "miriam", "--json"));
        using (var json = JsonDocument.Parse(output.ToString()))
        {
            Assert.Equal("resolved", json.RootElement.GetProperty("state").GetString());
            Assert.Equal(["calls", "trunk"], json.RootElement.GetProperty("services").EnumerateArray().Select(s => s.GetString()));
            Assert.Equal("to **the outside**", json.RootElement.GetProperty("updates")[0].GetProperty("text").GetString());
            Assert.Equal(new DateTimeOffset(2026, 11, 23, 18, 0, 0, TimeSpan.Zero), json.RootElement.GetProperty("estimate").GetDateTimeOffset());
        }
        Assert.Equal([("miriam", "alarm 7"), ("tom", ""), ("miriam", "")], journal.Read("incident").Select(e => (e.Who, e.Why)));
        Assert.Equal(ExitCode.Ok, await Run("incident", "list", "--json"));
        Assert.Equal("[]", output.ToString().Trim());
        Assert.Equal(ExitCode.Ok, await Run("incident", "list", "--all"));
        Assert.Contains("resolved", output.ToString());
        Assert.Equal(ExitCode.Ok, await Run("incident", "update", id, "--state", "monitoring", "--text", "again", "--who", "tom"));
        Assert.Equal(ExitCode.Ok, await Run("incident", "show", id));
        Assert.Contains($"{id}  monitoring  No calls", output.ToString());
        Assert.Contains("miriam@london: to **the outside** (why: alarm 7)", output.ToString());
    }

    [Fact]
    public async Task Planned_work_is_scheduled_and_completed()
    {
        Assert.Equal(ExitCode.Ok, await Run("incident", "open", "New discs", "--from", "2026-12-01T01:00Z", "--to", "2026-12-01T03:00+01:00", "--who", "tom", "--json"));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal(("scheduled", "maintenance", true), (json.RootElement.GetProperty("state").GetString(), json.RootElement.GetProperty("impact").GetString(), json.RootElement.GetProperty("isPlanned").GetBoolean()));
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 2, 0, 0, TimeSpan.Zero), json.RootElement.GetProperty("plannedTo").GetDateTimeOffset());
        string id = json.RootElement.GetProperty("id").GetString()!;
        Assert.Equal(ExitCode.Ok, await Run("incident", "update", id, "--state", "in-progress", "--who", "tom"));
        Assert.Equal(ExitCode.Ok, await Run("incident", "close", id, "--who", "tom"));
        Assert.Equal("completed: New discs", error.ToString().Trim());
    }

    [Fact]
    public async Task A_draft_is_confirmed_once_with_an_estimate()
    {
        Assert.Equal(ExitCode.Ok, await Run("incident", "open", "Site london is not reachable", "--state", "draft", "--service", "site-london", "--who", "alarm"));
        string id = output.ToString().Trim();
        Assert.False(Assert.Single(new IncidentDesk(journal, TimeProvider.System, new SeededChance(1)).All).IsPublic);
        Assert.Equal(ExitCode.Ok, await Run("incident", "confirm", id, "--text", "we are on it", "--estimate", "2h", "--who", "miriam"));
        var confirmed = Assert.Single(new IncidentDesk(journal, TimeProvider.System, new SeededChance(1)).All);
        Assert.Equal((IncidentState.Investigating, true), (confirmed.State, confirmed.IsPublic));
        Assert.InRange((confirmed.Estimate!.Value - DateTimeOffset.UtcNow).TotalMinutes, 110, 120);
        Assert.Equal(ExitCode.Refused, await Run("incident", "confirm", id, "--who", "tom"));
        Assert.Contains("public already", error.ToString());
        Assert.Equal(ExitCode.Refused, await Run("incident", "confirm", "site-nowhere-1", "--who", "tom"));
    }

    [Theory]
    [InlineData(ExitCode.Usage, "argument missing", "incident", "open", "--who", "tom")]
    [InlineData(ExitCode.Usage, "--until", "incident", "open", "x", "--until", "soon", "--who", "tom")]
    [InlineData(ExitCode.Usage, "--who", "incident", "open", "x")]
    [InlineData(ExitCode.Refused, "state is one of draft, investigating", "incident", "open", "x", "--state", "bad", "--who", "tom")]
    [InlineData(ExitCode.Refused, "impact is one of none, minor", "incident", "open", "x", "--impact", "bad", "--who", "tom")]
    [InlineData(ExitCode.Refused, "an end after it", "incident", "open", "x", "--from", "2026-12-01T03:00Z", "--to", "2026-12-01T01:00Z", "--who", "tom")]
    [InlineData(ExitCode.Refused, "an end after it", "incident", "open", "x", "--from", "2026-12-01T03:00Z", "--who", "tom")]
    [InlineData(ExitCode.Refused, "title is one line", "incident", "open", "x\ny", "--who", "tom")]
    [InlineData(ExitCode.Refused, "a title is needed", "incident", "open", " ", "--who", "tom")]
    [InlineData(ExitCode.Refused, "404", "incident", "update", "i-404", "--text", "x", "--who", "tom")]
    [InlineData(ExitCode.Refused, "404", "incident", "close", "../../reload", "--who", "tom")]
    [InlineData(ExitCode.Refused, "404", "incident", "show", "i-404")]
    public async Task What_cannot_be_done_says_why_and_does_nothing(int exit, string why, params string[] args)
    {
        Assert.Equal(exit, await Run(args));
        Assert.Contains(why, error.ToString());
        Assert.Empty(journal.State.All);
    }

    [Fact]
    public async Task A_body_that_is_no_json_or_is_sent_as_a_form_is_refused()
    {
        using var http = new HttpClient { BaseAddress = new Uri(url) };
        const string good = """{"who":"tom","title":"x"}""";
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await http.PostAsync("/api/incidents", new StringContent(good, Encoding.UTF8, "text/plain"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await http.PostAsync("/api/incidents", new FormUrlEncodedContent([KeyValuePair.Create("title", "x")]))).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsync("/api/incidents", new StringContent("{", Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Empty(journal.State.All);
        Assert.Equal(HttpStatusCode.Created, (await http.PostAsync("/api/incidents", new StringContent(good, Encoding.UTF8, "application/json"))).StatusCode);
    }

    [Fact]
    public async Task Administrators_on_both_sides_of_a_split_both_succeed()
    {
        var folder = Directory.CreateTempSubdirectory("mesh-split-");
        using var loop = TestLoop.Start();
        (string, string)[] all = [("london", "127.61.21.1"), ("leeds", "127.61.21.2")];
        var limits = new JournalLimits { PullEvery = TimeSpan.FromMilliseconds(100) };
        await using (var london = new JournalSite("london", "127.61.21.1", all, "one-key-for-all-of-them", folder.FullName, loop, limits))
        await using (var leeds = new JournalSite("leeds", "127.61.21.2", all, "one-key-for-all-of-them", folder.FullName, loop, limits))
        {
            await london.JoinAsync("leeds");
            await leeds.JoinAsync("london");
            Assert.Equal(ExitCode.Ok, await RunAt(london.Url, "incident", "open", "The path is slow", "--who", "miriam"));
            string shared = output.ToString().Trim();
            await Until(() => leeds.Journal.State.All.Count == 1);
            await london.LeaveAsync();
            await leeds.LeaveAsync();
            await london.JoinAsync();
            await leeds.JoinAsync();

            Assert.Equal(ExitCode.Ok, await RunAt(london.Url, "incident", "close", shared, "--text", "it is back", "--who", "miriam"));
            Assert.Equal(ExitCode.Ok, await RunAt(leeds.Url, "incident", "update", shared, "--state", "identified", "--text", "it is gone", "--who", "tom"));
            Assert.Equal(ExitCode.Ok, await RunAt(leeds.Url, "incident", "open", "No path to London", "--who", "tom"));
            Assert.Equal((1, 3), (london.Journal.State.Read("incident").Select(e => e.Subject).Distinct().Count(), leeds.Journal.State.All.Count));
            await london.LeaveAsync();
            await leeds.LeaveAsync();

            await london.JoinAsync("leeds");
            await leeds.JoinAsync("london");
            await Until(() => london.Journal.State.All.Count == 4 && leeds.Journal.State.All.Count == 4);
            Assert.Equal(ExitCode.Ok, await RunAt(london.Url, "incident", "list", "--all", "--json"));
            string asLondon = output.ToString();
            Assert.Equal(ExitCode.Ok, await RunAt(leeds.Url, "incident", "list", "--all", "--json"));
            Assert.Equal(asLondon, output.ToString());
            using var json = JsonDocument.Parse(asLondon);
            var closed = json.RootElement.EnumerateArray().Single(i => i.GetProperty("id").GetString() == shared);
            Assert.Equal(("resolved", 3), (closed.GetProperty("state").GetString(), closed.GetProperty("updates").GetArrayLength()));
            Assert.Equal(2, json.RootElement.GetArrayLength());
        }
        folder.Delete(recursive: true);
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 3000 && !holds(); i++) await Task.Delay(20);
        Assert.True(holds());
    }

    private Task<int> Run(params string[] args) => RunAt(url, args);

    private async Task<int> RunAt(string site, params string[] args)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return await new MeshCommandLine(new Terminal(output, error, new Dictionary<string, string>()), dialplan: null, runner: null).RunAsync([.. args, "--admin", site]);
    }
}
