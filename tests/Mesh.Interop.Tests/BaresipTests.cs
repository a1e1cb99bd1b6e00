using Mesh.Media.Sounds;

namespace Mesh.Interop.Tests;

/// <summary>Two baresips, each with a line key at all four sites.</summary>
[Collection(Alone.Name)]
public sealed class BaresipTests
{
    private static readonly TestPlan Plan = new(["desk1", "desk2"], """
        Extension("301", async call => { await call.Dial(Person("301"), ringFor: 20.Seconds); });
        Extension("302", async call => { await call.Dial(Person("302"), ringFor: 20.Seconds); });
        """)
    { People = new Dictionary<string, string[]> { ["301"] = ["desk1"], ["302"] = ["desk2"] } };

    [Fact]
    public async Task Registered_at_four_sites_they_call_each_other_and_go_on_when_a_site_dies()
    {
        Referee.Require(Baresip.Path, "baresip");
        await using var sites = new FourSites("127.32.0", Plan);
        await sites.StartAsync();
        await using var one = await Baresip.StartAsync("desk1", $"{sites.Net}.50", Lines(sites, "desk1"), 500, autoAnswer: false);
        await using var two = await Baresip.StartAsync("desk2", $"{sites.Net}.51", Lines(sites, "desk2"), 900, autoAnswer: true);
        Assert.True(await one.RegisteredAsync(4, TimeSpan.FromSeconds(15)), one.Output);
        Assert.True(await two.RegisteredAsync(4, TimeSpan.FromSeconds(15)), two.Output);

        await CallAsync(sites, one, two, "london", 1);
        sites.Kill("london");
        int calls = 1;
        foreach (string site in FourSites.Names.Skip(1)) await CallAsync(sites, one, two, site, ++calls);
    }

    /// <summary>What a phone recorded holds the other's tone: 0.5 s of it within the second that was spoken.</summary>
    private static void Heard(Baresip phone, int toneHz)
    {
        string file = phone.HeardFile() ?? throw new Xunit.Sdk.XunitException($"nothing was recorded\n{phone.Output}");
        Assert.True(WavFile.TryRead(File.ReadAllBytes(file), out var wav, out string? error), error);
        short[] samples = [.. wav.Samples];
        int block = wav.Rate / 50, blocks = 0;
        for (int i = 0; i + block <= samples.Length; i += block)
            if (Goertzel.Amplitude(samples.AsSpan(i, block), toneHz * 8000.0 / wav.Rate).Magnitude > 1000) blocks++;
        Assert.True(blocks >= 25, $"{toneHz} Hz was heard for {blocks * 20} ms of {samples.Length * 1000 / wav.Rate} ms\n{phone.Output}");
    }

    private static string[] Lines(FourSites sites, string account) =>
        [.. FourSites.Names.Select(s => $"sip:{account}@{sites.Host(s)};auth_pass={TestPlan.Secret}")];

    private static async Task CallAsync(FourSites sites, Baresip caller, Baresip called, string site, int nth)
    {
        await caller.CommandAsync("uafind", $"sip:desk1@{sites.Host(site)}");
        await caller.CommandAsync("dial", $"sip:302@{sites.Host(site)}");
        Assert.True(await called.SawAsync("CALL_ESTABLISHED", nth, TimeSpan.FromSeconds(10)), $"over {site}: not answered\n{caller.Output}\n{called.Output}\n{sites.Logs()}");
        Assert.True(await caller.SawAsync("CALL_ESTABLISHED", nth, TimeSpan.FromSeconds(5)), $"over {site}: the caller saw no answer\n{caller.Output}");
        Assert.Equal(nth, called.Output.Split("answering call").Length - 1);
        await Task.Delay(1200);
        await caller.CommandAsync("hangup");
        Assert.True(await called.SawAsync("CALL_CLOSED", nth, TimeSpan.FromSeconds(5)), $"over {site}: the called phone was not told of the end\n{called.Output}");
        Assert.True(await caller.SawAsync("CALL_CLOSED", nth, TimeSpan.FromSeconds(5)), caller.Output);
        Heard(called, 500);
        Heard(caller, 900);
    }
}
