using Mesh.Load.Floods;

namespace Mesh.Interop.Tests;

/// <summary>
/// A flood costs no voice packet and no good client: one real site, calls that talk, thousands of real connections from hundreds of addresses. What the flooder costs the machine by itself
/// is measured in the same rounds and taken off.
/// </summary>
public sealed class FloodTests
{
    [Fact]
    public Task Ten_thousand_slow_connections() => FloodAsync("127.78.40", 3, 3, FloodKind.Slow);

    [Fact]
    public Task Pipelines_churn_handshakes_and_what_is_for_operators() => FloodAsync("127.78.41", 1, 4, [.. FloodKind.Others]);

    private static async Task FloodAsync(string net, int rounds, int seconds, params FloodKind[] kinds)
    {
        Referee.Require("/usr/bin/sipp", "sip-tester");
        Referee.Require("/usr/bin/cc", "gcc libc6-dev");
        var options = new FloodOptions { Kinds = kinds, Rounds = rounds, Seconds = seconds };
        await using var site = await FloodSite.StartAsync(net, options.Calls);
        var said = new List<string>();
        var results = await new FloodRun(site, options, said.Add).RunAsync();
        Assert.Equal(kinds.Length, results.Count);
        foreach (var result in results)
        {
            string all = string.Join('\n', said) + "\n" + site.Site.Log;
            foreach (string name in result.Good.Names)
            {
                Assert.True(result.Good.Asked(name) >= 5, $"only {result.Good.Asked(name)} good clients came\n{all}");
                Assert.True(result.Good.Share(name) >= options.GoodShare, all);
            }
            Assert.True(result.Lost <= 0.001, all);
            Assert.True(result.VoiceIsUnchanged, all);
        }
    }
}
