using System.Net;
using System.Text;

namespace Mesh.Host.Tests.Console;

/// <summary>Event streams: what changes reaches who looks, and looking costs what one look costs.</summary>
public sealed class ConsoleFeedTests : IAsyncLifetime
{
    private readonly TimeProvider clock = TimeProvider.System;
    private readonly List<ConsoleSite> sites = [];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var site in sites) await site.DisposeAsync();
    }

    [Fact]
    public async Task A_call_that_begins_is_answered_and_ends_at_any_site_is_told_to_who_looks()
    {
        foreach (var model in ConsoleModels.Three("127.64.4")) sites.Add(await StartAsync(model));
        using var stream = await Stream.OpenAsync(sites[0].Url, "calls");
        Assert.Contains("No calls.", await stream.NextAsync());
        Set(1, ConsolePageTests.Call("o-1", "carrier", "+442079460123"));
        Assert.Contains("/console/calls/o-1", await stream.UntilAsync("o-1"));
        Set(1, ConsolePageTests.Call("o-1", "carrier", "+442079460123", "answered"));
        Assert.Contains("1 answered", await stream.UntilAsync("1 answered"));
        Set(1);
        Assert.DoesNotContain("o-1", await stream.UntilAsync("No calls."));

        void Set(int at, params Mesh.Host.Admin.CallView[] calls)
        {
            lock (sites[at].View.Calls)
            {
                sites[at].View.Calls.Clear();
                sites[at].View.Calls.AddRange(calls);
            }
        }
    }

    [Fact]
    public async Task However_many_look_the_page_is_made_once_and_when_nobody_does_not_at_all()
    {
        var site = await StartAsync(ConsoleModels.One("127.64.5.1"));
        sites.Add(site);
        Assert.Equal(0, Made(site));
        var streams = new List<Stream>();
        for (int i = 0; i < 5; i++) streams.Add(await Stream.OpenAsync(site.Url, "calls"));
        foreach (var stream in streams) Assert.Contains("No calls.", await stream.NextAsync());
        lock (site.View.Calls) site.View.Calls.Add(ConsolePageTests.Call("o-1", "phone", "301"));
        foreach (var stream in streams) await stream.UntilAsync("o-1");
        // Five readers heard of it; it was not made five times as often as for one.
        int each = Made(site);
        Assert.InRange(each, 2, 1 + (int)(streams.Max(s => s.Seconds) / Every.TotalSeconds) + 5);
        foreach (var stream in streams) stream.Dispose();
        await Until(() => site.Metrics().Contains("mesh_console_streams 0\n"));
        await Until(() => { int now = Made(site); bool isStill = now == each; each = now; return isStill; });
    }

    [Fact]
    public async Task Streams_have_a_limit_end_and_are_refused_to_pages_from_elsewhere()
    {
        var site = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.5.2"), clock, change: p => p with { Limits = p.Limits with { Streams = 2, Every = Every, Fresh = TimeSpan.Zero } });
        sites.Add(site);
        using var first = await Stream.OpenAsync(site.Url, "calls");
        using var second = await Stream.OpenAsync(site.Url, "sorry");
        using var http = new HttpClient();
        using (var full = await http.GetAsync($"{site.Url}/console/feeds/calls", HttpCompletionOption.ResponseHeadersRead)) Assert.Equal((HttpStatusCode.ServiceUnavailable, 10), (full.StatusCode, (int)full.Headers.RetryAfter!.Delta!.Value.TotalSeconds));
        Assert.Contains("mesh_console_streams_refused_total 1\n", site.Metrics());
        first.Dispose();
        await Until(() => site.Metrics().Contains("mesh_console_streams 1\n"));
        using var third = await Stream.OpenAsync(site.Url, "peers");

        using var foreign = new HttpRequestMessage(HttpMethod.Get, $"{site.Url}/console/feeds/calls");
        foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var refused = await http.SendAsync(foreign, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync($"{site.Url}/console/feeds/none")).StatusCode);
    }

    [Fact]
    public async Task A_stream_says_that_it_is_there_and_ends_after_a_while()
    {
        var site = await ConsoleSite.StartAsync(ConsoleModels.One("127.64.5.3"), clock,
            change: p => p with { Limits = p.Limits with { Every = Every, Fresh = TimeSpan.Zero, Silence = TimeSpan.FromMilliseconds(100), StreamLife = TimeSpan.FromSeconds(2) } });
        sites.Add(site);
        using var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
        string all = await http.GetStringAsync($"{site.Url}/console/feeds/sorry");
        Assert.StartsWith("retry: 2000\n\n", all);
        Assert.Contains("event: fragment\ndata: ", all);
        Assert.Contains("\n:\n\n", all);
    }

    [Fact]
    public async Task A_line_of_somebodys_text_is_no_line_of_the_stream()
    {
        var site = await StartAsync(ConsoleModels.One("127.64.5.4"));
        sites.Add(site);
        site.View.Calls.Add(ConsolePageTests.Call("o-1", "phone", "x\n\nevent: fragment\rdata: <b>forged</b>\u2028\u0085"));
        using var stream = await Stream.OpenAsync(site.Url, "calls");
        string first = await stream.NextAsync();
        Assert.Contains("o-1", first);
        Assert.DoesNotContain("<b>", first);
        Assert.Equal(0, stream.Odd);
    }

    private static TimeSpan Every => TimeSpan.FromMilliseconds(50);

    private Task<ConsoleSite> StartAsync(Mesh.Host.Config.Model.SiteModel model) => ConsoleSite.StartAsync(model, clock, change: p => p with { Limits = p.Limits with { Every = Every, Fresh = TimeSpan.Zero } });

    private static int Made(ConsoleSite site) => int.Parse(site.Metrics().Split('\n').Single(l => l.StartsWith("mesh_console_fragments_total ", StringComparison.Ordinal)).Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; i < 600 && !holds(); i++) await Task.Delay(100);
        Assert.True(holds());
    }

    /// <summary>A reader of events, as the HTML standard has them parsed.</summary>
    private sealed class Stream(HttpClient http, HttpResponseMessage response, StreamReader reader) : IDisposable
    {
        private readonly long began = TimeProvider.System.GetTimestamp();

        /// <summary>Lines that are of no event of ours.</summary>
        public int Odd { get; private set; }

        public double Seconds => TimeProvider.System.GetElapsedTime(began).TotalSeconds;

        public static async Task<Stream> OpenAsync(string url, string feed)
        {
            var http = new HttpClient { Timeout = TimeSpan.FromMinutes(1) };
            var response = await http.GetAsync($"{url}/console/feeds/{feed}", HttpCompletionOption.ResponseHeadersRead);
            Assert.Equal((HttpStatusCode.OK, "text/event-stream"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
            return new Stream(http, response, new StreamReader(await response.Content.ReadAsStreamAsync(), Encoding.UTF8));
        }

        public async Task<string> NextAsync()
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            var data = new StringBuilder();
            string kind = "";
            while (await reader.ReadLineAsync(limit.Token) is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) kind = line[7..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data.Append(line[6..]).Append('\n');
                else if (line.Length == 0 && data.Length > 0) return kind == "fragment" ? data.ToString() : throw new InvalidOperationException(kind);
                else if (line.Length > 0 && line[0] != ':' && line != "retry: 2000") Odd++;
            }
            throw new EndOfStreamException();
        }

        public async Task<string> UntilAsync(string text)
        {
            for (int i = 0; i < 50; i++)
                if (await NextAsync() is var got && got.Contains(text, StringComparison.Ordinal)) return got;
            throw new InvalidOperationException($"'{text}' never came");
        }

        public void Dispose()
        {
            response.Dispose();
            http.Dispose();
        }
    }
}
