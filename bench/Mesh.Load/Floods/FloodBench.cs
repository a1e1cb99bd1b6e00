using System.Text;
using Mesh.Scenarios;

namespace Mesh.Load.Floods;

/// <summary><c>bench/run --flood</c>.</summary>
public static class FloodBench
{
    private const string Preface = """
        # bench/run --flood

        One site as it is installed, with calls that talk through it, is flooded in several ways; the flooder, the calls' ends, the good clients and the site share this machine's cores. *Late* is
        from an end's sending a packet of voice to the other end's having it; each figure is the middle of the rounds, each of which has three phases: without a flood, with the flood against a
        listener that takes connections and does nothing with them (what the flooder costs the machine by itself), and with the flood against the site. Good clients come at a steady rate during
        the last phase, each on a connection of its own, and must have the right answer within 5 s. Memory is the most that was counted for public connections. The command fails when fewer than 99 %
        of the good clients are answered, or voice is later in the last phase than twice
        what it is in the others, and by more than 3 ms (p99) or 10 ms (p99.9).


        """;

    /// <summary>Measures, prints and writes the table; the exit code.</summary>
    public static async Task<int> RunAsync(int rounds)
    {
        var options = new FloodOptions { Rounds = rounds, Kinds = [FloodKind.Slow, .. FloodKind.Others] };
        await using var site = await FloodSite.StartAsync("127.79.1", options.Calls);
        var results = await new FloodRun(site, options, Console.Error.WriteLine).RunAsync();
        var text = new StringBuilder(Preface).Append(FloodResult.Head);
        foreach (var result in results) text.Append(result.Row);
        text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\n{Environment.ProcessorCount} cores, {options.Calls} calls, {options.Rounds} rounds of {options.Seconds} s a phase.\n");
        await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "bench/results/flood.md"), text.ToString());
        Console.Write(text);
        return results.All(r => r.VoiceIsUnchanged && r.Good.Names.All(n => r.Good.Share(n) >= options.GoodShare)) ? 0 : 1;
    }
}
