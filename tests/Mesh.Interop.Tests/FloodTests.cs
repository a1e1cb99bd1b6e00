using Mesh.Load.Floods;

namespace Mesh.Interop.Tests;

/// <summary>
/// A flood costs no voice packet and no good client: one real site, calls that talk, thousands of real connections from hundreds of addresses. What the flooder costs the machine by itself
/// is measured in the same rounds and taken off.
/// </summary>
[Collection(Alone.Name)]
public sealed class FloodTests
{
    /// <summary>What another program did to the machine meanwhile can only make voice later: a measurement that fails is taken again, at most so often.</summary>
    private const int Attempts = 3;

    [Fact]
    public Task Ten_thousand_slow_connections() =>
        FloodAsync("127.78.40", static r => r.VoiceIsUnchanged, new FloodOptions { Kinds = [FloodKind.Slow], Rounds = 3, RoundsWhenUnchanged = 2, Seconds = 3 });

    // These take all of a small machine's time, so that voice waits for its turn; telephones hear nothing of it.
    [Fact]
    public Task Pipelines_churn_handshakes_and_what_is_for_operators() =>
        FloodAsync("127.78.41", static r => r.VoiceIsBridged, new FloodOptions { Kinds = FloodKind.Others, Rounds = 1, IsCompared = false, Seconds = 4 });

    private static async Task FloodAsync(string net, Func<FloodResult, bool> isVoiceGood, FloodOptions options)
    {
        Referee.Require("/usr/bin/sipp", "sip-tester");
        Referee.Require("/usr/bin/cc", "gcc libc6-dev");
        await using var site = await FloodSite.StartAsync(net, options.Calls);
        var said = new List<string>();
        IReadOnlyList<(FloodKind Kind, string Why)> bad = [];
        for (int i = 0; i < Attempts; i++)
        {
            var results = await new FloodRun(site, options, said.Add).RunAsync();
            Assert.Equal(options.Kinds.Count, results.Count);
            bad = [.. results.Select(r => (r.Kind, Complaint(r, options, isVoiceGood))).Where(c => c.Item2 is not null).Select(c => (c.Kind, c.Item2!))];
            if (bad.Count == 0) return;
            options = options with { Kinds = [.. bad.Select(b => b.Kind)] };
        }
        Assert.Fail($"{string.Join('\n', bad.Select(b => b.Why))}\n{string.Join('\n', said)}\n{site.Site.Log}");
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
