using System.Net;
using System.Net.Sockets;
using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;
using Mesh.Host.Sites;

namespace Mesh.Host.Tests.Console;

/// <summary>Three sites, whose consoles ask each other.</summary>
public sealed class ConsoleNeighbourTests : IAsyncLifetime
{
    private readonly ManualClock clock = new();
    private readonly List<ConsoleSite> sites = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var site in sites) await site.DisposeAsync();
    }

    [Fact]
    public async Task Every_console_shows_all_sites_one_row_a_call_and_one_a_device()
    {
        await StartAsync("127.64.6", 3);
        sites[0].View.Calls.Add(new CallView("o-1", "carrier", "magrathea", "+441619960600", "+442079460123", "ringing", Now, null, [new LegView("IAX2/manchester/301 127.64.6.2:4569", "ringing")]));
        sites[1].View.Calls.Add(new CallView("o-1", "site", "london", "+441619960600", "301", "answered", Now.AddMilliseconds(30), Now.AddSeconds(3), [new LegView("SIP/mbloch-desk", "answered")]));
        foreach (var site in sites[..2]) site.View.Phones.Add(Phone("mbloch-desk", "urn:uuid:1", $"{site.View.GetHashCode()}"));
        sites[2].View.Phones.Add(new PhoneView("mbloch-desk", "sip", false, []));
        sites[1].View.Phones[0] = sites[1].View.Phones[0] with { Contacts = [.. sites[1].View.Phones[0].Contacts, new ContactView("sip:m@10.0.0.9", "10.0.0.9:5060", "second", 50) { Device = "urn:uuid:2" }] };
        foreach (var site in sites) site.View.Peers.Add(new PeerView("manchester", "site", "127.64.6.2:4569", "up", 12.4, 9) { LossPercent = 1.6, TrunkedCalls = 7 });
        foreach (var site in sites) site.View.Trunks.Add(new TrunkView("magrathea", "sipipgw.example.net", 4, 10, [new TrunkNumberView("+442079460123", ["manchester", "london"]), new TrunkNumberView("+442079460124", ["leeds"])]));
        sites[2].View.PlanHash = "other";
        using var browser = new Browser(sites[2].Url);

        var calls = await browser.GetAsync("/console/");
        string row = calls.ById("call-o-1")!.Value;
        Assert.Equal("All 3 sites answer.", calls.ById("faults")!.Value);
        Assert.Contains("1 call, 1 answered", calls.ById("summary")!.Value);
        Assert.Contains("carrier magrathea", row);
        Assert.Contains("london IAX2/manchester/301", row);
        Assert.Contains("manchester SIP/mbloch-desk answered", row);

        var phones = await browser.GetAsync("/console/phones");
        Assert.Equal(["Phone", "Device", "leeds", "london", "manchester"], phones.ById("phones")!.Descendants("th").Where(t => (string?)t.Attribute("scope") == "col").Select(t => t.Value));
        Assert.Equal(["no", "registered", "registered"], Cells(phones, "phone-mbloch-desk-urn:uuid:1").Skip(1).Select(c => c.Split(' ')[0]));
        Assert.Equal(["no", "no", "registered"], Cells(phones, "phone-mbloch-desk-urn:uuid:2").Skip(1).Select(c => c.Split(' ')[0]));
        Assert.Contains("Matthew <b>Bloch</b>", phones.ById("phone-mbloch-desk-urn:uuid:1")!.Value);

        var peers = await browser.GetAsync("/console/peers");
        Assert.Equal(["manchester", "up", "12 ms", "2 %", "9", "7", "127.64.6.2:4569"], Cells(peers, "peer-london-site-manchester"));
        Assert.Contains("different dialplans", peers.ById("summary")!.Value);
        Assert.Equal(["ready", "other differs", "0"], Cells(peers, "site-leeds"));

        var trunks = await browser.GetAsync("/console/trunks");
        Assert.Equal(["magrathea", "manchester, london", "manchester"], Cells(trunks, "number-magrathea-+442079460123"));
        sites[1].View.State = SiteState.Draining;
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["magrathea", "manchester, london", "london"], Cells(await browser.GetAsync("/console/trunks"), "number-magrathea-+442079460123"));
    }

    [Fact]
    public async Task A_site_that_is_gone_is_said_to_be_and_the_others_are_shown()
    {
        await StartAsync("127.64.8", 2);
        sites[1].View.Calls.Add(ConsolePageTests.Call("o-1", "phone", "301"));
        using var browser = new Browser(sites[0].Url);
        foreach (string page in (string[])["/console/", "/console/phones", "/console/peers", "/console/trunks"])
            Assert.Contains("leeds: not reachable.", (await browser.GetAsync(page)).ById("faults")!.Value);
        Assert.NotNull((await browser.GetAsync("/console/")).ById("call-o-1"));
        Assert.Equal("not known", Cells(await browser.GetAsync("/console/peers"), "site-leeds")[1]);
    }

    [Fact]
    public async Task A_site_that_hangs_holds_a_page_up_for_one_answers_time_and_then_not_at_all()
    {
        var models = ConsoleModels.Three("127.64.9");
        // It takes connections and never says a word.
        using var mute = new TcpListener(models[2].Site.Listen.Admin.Bind.ToIPEndPoint());
        mute.Start();
        var limits = new PairLimits();
        sites.Add(await ConsoleSite.StartAsync(models[0], clock, change: p => p with { Pair = limits }));
        sites.Add(await ConsoleSite.StartAsync(models[1], clock));
        sites[1].View.Held = new TaskCompletionSource();
        using var browser = new Browser(sites[0].Url);
        long began = TimeProvider.System.GetTimestamp();
        var first = await browser.GetAsync("/console/");
        Assert.InRange(TimeProvider.System.GetElapsedTime(began) / limits.AnswerWithin, 0.9, 20);
        Assert.Contains("manchester: does not answer in time.", first.ById("faults")!.Value);
        Assert.Contains("leeds: does not answer in time.", first.ById("faults")!.Value);
        // The clock stands, so neither is asked again: pages come although both still hang, and nobody is asked anew.
        string before = Asked();
        for (int i = 0; i < 20; i++) Assert.Contains("leeds", (await browser.GetAsync("/console/phones")).ById("faults")!.Value);
        Assert.Equal(before, Asked());
        sites[1].View.Held!.SetResult();
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("leeds: does not answer in time.", (await browser.GetAsync("/console/")).ById("faults")!.Value);

        string Asked() => string.Concat(sites[0].Metrics().Split('\n').Where(l => l.StartsWith("mesh_neighbour_questions_total", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Strangers_are_not_answered_and_not_believed()
    {
        var (ours, theirs) = (ConsoleModels.Three("127.64.10"), ConsoleModels.Three("127.64.10", "another-key-altogether-0123"));
        sites.Add(await ConsoleSite.StartAsync(ours[0], clock));
        // At manchester's address, but without our key; and at leeds' somebody who answers everything with 200.
        sites.Add(await ConsoleSite.StartAsync(theirs[1] with { Site = ours[1].Site }, clock));
        sites[1].View.Calls.Add(ConsolePageTests.Call("o-forged", "phone", "301"));
        using var liar = new HttpListenerAt(ours[2].Site.Listen.Admin.Bind.ToIPEndPoint());
        using var browser = new Browser(sites[0].Url);
        var page = await browser.GetAsync("/console/");
        Assert.Equal("manchester: refuses to answer. leeds: the answer is not made with our mesh key.", page.ById("faults")!.Value);
        Assert.NotNull(page.ById("calls-none"));
        Assert.Contains("mesh_neighbour_refused_total{reason=\"Forged\"} 1\n", sites[1].Metrics());

        using var http = new HttpClient();
        foreach (var (header, status) in new[] { ("", 401), ("Bearer letmein", 401), (Signed("manchester", "leeds"), 401), (Signed("stranger", "london"), 401), (Signed("manchester", "london"), 200) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, sites[0].Url + NeighbourPages.Path) { Content = new StringContent("calls") };
            if (header.Length > 0) request.Headers.TryAddWithoutValidation("Authorization", header);
            using var answer = await http.SendAsync(request);
            Assert.Equal(status, (int)answer.StatusCode);
        }

        string Signed(string from, string to) => new PairMac(NeighbourPages.Scheme, new MeshKeys(ours[0].Mesh.Key!).AskKey("manchester", "london")).Question(from, to, clock.GetUtcNow(), new string('a', 32), "calls"u8);
    }

    [Fact]
    public async Task An_answer_has_a_size_and_a_question_a_name()
    {
        var limits = new PairLimits { AnswerOctets = 2_000 };
        var models = ConsoleModels.Three("127.64.12");
        var questions = new SiteQuestions().Add("large", (_, _) => Task.FromResult(new string('x', 3_000))).Add("small", (argument, _) => Task.FromResult(argument)).Add("busy", Task<string> (_, _) => throw new SiteBusyException());
        using var manchester = new Neighbours(models[1], questions, clock, static () => new Mesh.Io.CryptoChance(), limits);
        await using var listener = await AdminListener.StartAsync(new FakeConsoleSite("manchester"), null, models[1].Site.Listen.Admin, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, CancellationToken.None, manchester.Pages);
        using var london = new Neighbours(models[0], questions, clock, static () => new Mesh.Io.CryptoChance(), limits);
        Assert.Equal(("a/b c", PairFault.None), await Ask("small/a/b c"));
        Assert.Equal((null, PairFault.Refused), await Ask("large"));
        Assert.Equal((null, PairFault.Refused), await Ask("busy"));
        Assert.Equal((null, PairFault.Refused), await Ask("unheard-of"));
        Assert.Equal(1, manchester.Counters.Of(PairRefusal.TooLarge));
        await Assert.ThrowsAsync<ArgumentException>(() => london.AskAllAsync<string>("small/" + new string('x', 2_000), CancellationToken.None));

        async Task<(string?, PairFault)> Ask(string question)
        {
            var answer = (await london.AskAllAsync<string>(question, CancellationToken.None)).Single(a => a.Site == "manchester");
            return (answer.Value, answer.Fault);
        }
    }

    [Fact]
    public async Task Without_a_mesh_key_other_sites_cannot_be_asked_and_that_is_said()
    {
        sites.Add(await ConsoleSite.StartAsync(ConsoleModels.Three("127.64.13", key: null)[0], clock));
        using var browser = new Browser(sites[0].Url);
        Assert.Contains("leeds: cannot be asked without a mesh_key.", (await browser.GetAsync("/console/")).ById("faults")!.Value);
    }

    private static DateTimeOffset Now => new(2026, 11, 23, 11, 59, 0, TimeSpan.Zero);

    private static PhoneView Phone(string account, string device, string from) => new(account, "sip", true, [new ContactView($"sip:m@{from}", from, "baresip", 50) { Device = device }]);

    private static IReadOnlyList<string> Cells(Browser.Answer page, string row) => [.. page.ById(row)!.Elements("td").Select(c => c.Value.Trim())];

    private async Task StartAsync(string net, int count)
    {
        foreach (var model in ConsoleModels.Three(net).Take(count)) sites.Add(await ConsoleSite.StartAsync(model, clock));
    }

    /// <summary>Answers whatever is asked with a list, unsigned.</summary>
    private sealed class HttpListenerAt : IDisposable
    {
        private readonly HttpListener listener = new();

        public HttpListenerAt(IPEndPoint at)
        {
            listener.Prefixes.Add($"http://{at}/");
            listener.Start();
            _ = ServeAsync();
        }

        public void Dispose() => listener.Close();

        private async Task ServeAsync()
        {
            while (listener.IsListening)
            {
                try
                {
                    var context = await listener.GetContextAsync();
                    context.Response.Headers["Mesh-Ask-Answer"] = new string('0', 64);
                    context.Response.Close("[]"u8.ToArray(), willBlock: false);
                }
                catch (Exception e) when (e is HttpListenerException or ObjectDisposedException) { return; }
            }
        }
    }
}
