using Mesh.Load.Floods;

namespace Mesh.Interop.Tests;

/// <summary>
/// A flood costs no voice packet and no good client: one real site, calls that talk, thousands of real connections from hundreds of addresses. What the flooder costs the machine by itself
/// is measured in the same rounds and taken off.
/// </summary>
public sealed class FloodTests
{
    /// <summary>What another program did to the machine meanwhile can only make voice later: a measurement that fails is taken again, at most so often.</summary>
    private const int Attempts = 3;

    [Fact]
    public Task Ten_thousand_slow_connections() => FloodAsync("127.78.40", 3, 3, static r => r.VoiceIsUnchanged, FloodKind.Slow);

    // These take all of a small machine's time, so that voice waits for its turn; telephones hear nothing of it.
    [Fact]
    public Task Pipelines_churn_handshakes_and_what_is_for_operators() => FloodAsync("127.78.41", 1, 4, static r => r.VoiceIsBridged, [.. FloodKind.Others]);

    private static async Task FloodAsync(string net, int rounds, int seconds, Func<FloodResult, bool> isVoiceGood, params FloodKind[] kinds)
    {
        Referee.Require("/usr/bin/sipp", "sip-tester");
        Referee.Require("/usr/bin/cc", "gcc libc6-dev");
        var options = new FloodOptions { Kinds = kinds, Rounds = rounds, Seconds = seconds };
        await using var site = await FloodSite.StartAsync(net, options.Calls);
        var said = new List<string>();
        string? complaint = null;
        for (int i = 0; i < Attempts; i++)
        {
            var results = await new FloodRun(site, options, said.Add).RunAsync();
            Assert.Equal(kinds.Length, results.Count);
            complaint = results.Select(r => Complaint(r, options, isVoiceGood)).FirstOrDefault(c => c is not null);
            if (complaint is null) return;
        }
        Assert.Fail($"{complaint}\n{string.Join('\n', said)}\n{site.Site.Log}");
    }

    private static string? Complaint(FloodResult result, FloodOptions options, Func<FloodResult, bool> isVoiceGood)
    {
        foreach (string name in result.Good.Names)
        {
            if (result.Good.Asked(name) < 5) return $"{result.Kind.Name}: only {result.Good.Asked(name)} good clients came for {name}";
            if (result.Good.Share(name) < options.GoodShare) return $"{result.Kind.Name}: {result.Good.Share(name):P1} of the good clients were answered, {name}";
        }
        return result.Lost > 0.001 ? $"{result.Kind.Name}: {result.Lost:P2} of voice was lost" : isVoiceGood(result) ? null : $"{result.Kind.Name}: voice was late";
    }
}
