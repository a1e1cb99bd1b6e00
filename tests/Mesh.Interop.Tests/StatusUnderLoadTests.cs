using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Mesh.Load;
using Mesh.Load.Floods;

namespace Mesh.Interop.Tests;

/// <summary>The status page is there when calls are not: SIPp offers a site more calls than it can take, and readers still see a page that knows.</summary>
[Collection(Alone.Name)]
public sealed class StatusUnderLoadTests
{
    private const int Seconds = 12;

    /// <summary>Calls a second: several times what any machine these tests run on takes.</summary>
    private const int Offered = 8_000;

    [Fact]
    public async Task More_calls_than_a_site_takes_leave_its_status_page_and_it_says_what_is_so()
    {
        Referee.Require("/usr/bin/sipp", "sip-tester");
        await using var site = await LoadSite.StartAsync("127.78.50");
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        string page = $"http://{site.Host}:{FloodKind.Status}";
        await Until(async () => await CallsAsync(http, page) == "operational", () => site.Log);

        var before = await site.FiguresAsync();
        using var phone = Sipp("uas-phone.xml", site.Phone);
        using var carrier = Sipp("uac-carrier.xml", site.Carrier, $"{site.Host}:5060", "-s", LoadSite.Number, "-r", $"{Offered}", "-l", "1000000");
        var said = new List<string?>();
        int asked = 0, right = 0;
        double longest = 0;
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(Seconds); await Task.Delay(50))
        {
            long sent = Stopwatch.GetTimestamp();
            asked++;
            string? calls = await CallsAsync(http, page);
            longest = Math.Max(longest, Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            said.Add(calls);
            // Works, or late: both may be so. What it may not say is that there are no calls, or that it does not know.
            if (calls is "operational" or "degraded_performance") right++;
        }
        Assert.False(carrier.HasExited, carrier.Output);
        carrier.Kill();
        phone.Kill();

        var after = await EventuallyAsync(site);
        double taken = (after["mesh_calls_answered_total"] - before["mesh_calls_answered_total"]) / Seconds;
        string all = string.Create(CultureInfo.InvariantCulture, $"{right} of {asked} right, the longest took {longest:F0} ms; {taken:F0} of {Offered} calls a second were answered; said {string.Join(' ', said.Distinct())}");
        Assert.True(taken < 0.9 * Offered, $"that was no overload: {all}");
        Assert.True(asked >= 20 && right >= 0.99 * asked, all);
        // The site is the same afterwards.
        await Until(async () => await CallsAsync(http, page) == "operational", () => all + site.Log);

        ChildProcess Sipp(string scenario, string host, params string[] more) => new(Path.GetFileNameWithoutExtension(scenario), Mesh.Scenarios.Sipp.Path,
            ["-sf", Path.Combine(Checkout.Root, "bench/sipp", scenario), "-i", host, "-p", "5060", "-mp", "6000", "-nostdin", "-buff_size", "4194304", .. more], site.Folder);
    }

    private static async Task<Figures> EventuallyAsync(LoadSite site)
    {
        for (int i = 0; ; i++)
        {
            try { return await site.FiguresAsync(); }
            catch (Exception e) when (i < 60 && e is HttpRequestException or TaskCanceledException) { await Task.Delay(500); }
        }
    }

    private static async Task<string?> CallsAsync(HttpClient http, string page)
    {
        try
        {
            using var response = await http.GetAsync($"{page}/api/v2/components.json");
            if (response.StatusCode != HttpStatusCode.OK) return $"{(int)response.StatusCode}";
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
            return document.RootElement.GetProperty("components").EnumerateArray().Where(c => c.GetProperty("id").GetString() == "calls").Select(c => c.GetProperty("status").GetString()).FirstOrDefault();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { return e.GetType().Name; }
    }

    private static async Task Until(Func<Task<bool>> holds, Func<string> otherwise)
    {
        for (int i = 0; i < 600; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }
        Assert.Fail(otherwise());
    }
}
