using System.Text.Json;
using Mesh.Host.Commands;
using Mesh.Host.Config;
using Mesh.Host.Incidents;
using Mesh.Host.Sites;
using Mesh.Host.Tests.Config;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Status;

/// <summary>A whole site with its status page, on loopback.</summary>
public sealed class SiteStatusPageTests : IDisposable
{
    private readonly BundleFolder bundle = new(BundleFolder.TwoSites.Replace("127.77.0.1", "127.63.1.1").Replace("127.77.0.2", "127.63.1.2").Replace("127.77.0.9", "127.63.1.9").Replace("192.0.2.10:4569", "127.63.1.8:4569").Replace("sipipgw.example.net", "127.63.1.9") + "\nstatus: { name: \"Smith & Sons <Ltd>\" }\n");
    private readonly HttpClient http = new() { BaseAddress = new Uri("http://127.63.1.1:8081"), Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose()
    {
        http.Dispose();
        bundle.Dispose();
    }

    [Fact]
    public async Task A_site_shows_itself_keeps_its_days_and_answers_while_its_loop_does_not()
    {
        await using (var london = await Start("london"))
        {
            var summary = await Until(s => StatusOf(s, "calls") == "operational");
            Assert.Equal(["calls", "phones", "trunk-magrathea", "site-manchester", "peer-oldpbx"], summary.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("id").GetString()));
            var page = StatusScenes.Parse(await http.GetStringAsync("/en/"));
            Assert.Equal("Smith & Sons <Ltd> status", page.One("h1").Value);

            await new IncidentDesk(london.Journal, TimeProvider.System, new Mesh.Io.CryptoChance()).OpenAsync(new IncidentRequest("alice", "drill") { Title = "A drill", Text = "Nothing *real*.", Impact = "critical" }, CancellationToken.None);
            Assert.Equal("critical", (await Until(s => s.GetProperty("incidents").GetArrayLength() == 1)).GetProperty("status").GetProperty("indicator").GetString());

            using var release = new ManualResetEventSlim();
            using var held = new ManualResetEventSlim();
            london.Core.Signalling.Post(_ => { held.Set(); release.Wait(); });
            Assert.True(held.Wait(TimeSpan.FromMinutes(1)));
            try
            {
                for (int i = 0; i < 20; i++) Assert.Contains("A drill", await http.GetStringAsync("/"));
                Assert.Contains("A drill", await http.GetStringAsync("/feed.atom"));
            }
            finally { release.Set(); }
        }
        await using (var again = await Start("london"))
        {
            await Until(s => StatusOf(s, "calls") == "operational" && s.GetProperty("incidents").GetArrayLength() == 1);
            var day = StatusScenes.Parse(await http.GetStringAsync("/en/services/calls/")).All("tbody").Single().All("tr");
            Assert.NotEmpty(day);
        }
    }

    [Fact]
    public async Task A_site_whose_status_address_is_taken_takes_calls_all_the_same()
    {
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Parse("127.63.1.2"), 8081);
        taken.Start();
        await using var manchester = await Start("manchester");
        Assert.Equal(Mesh.Host.Admin.SiteState.Ready, manchester.Status.State);
        using var admin = new HttpClient();
        Assert.Equal("ready\n", await admin.GetStringAsync("http://127.63.1.2:8080/readyz"));
    }

    private async Task<Site> Start(string name)
    {
        var request = new BundleRequest(bundle.Path, name);
        var read = BundleReader.Read(request);
        Assert.False(read.HasErrors, string.Join('\n', read.Problems));
        var site = new Site(read.Sites[name], new SiteSurroundings(request, NullLoggerFactory.Instance, TimeProvider.System));
        await site.StartAsync(NullLoggerFactory.Instance, TimeProvider.System, CancellationToken.None);
        return site;
    }

    private async Task<JsonElement> Until(Func<JsonElement, bool> holds)
    {
        for (int i = 0; ; i++)
        {
            using var document = JsonDocument.Parse(await http.GetStringAsync("/api/v2/summary.json"));
            if (holds(document.RootElement)) return document.RootElement.Clone();
            Assert.True(i < 300, document.RootElement.ToString());
            await Task.Delay(200);
        }
    }

    private static string? StatusOf(JsonElement summary, string id) =>
        summary.GetProperty("components").EnumerateArray().Where(c => c.GetProperty("id").GetString() == id).Select(c => c.GetProperty("status").GetString()).SingleOrDefault();
}
