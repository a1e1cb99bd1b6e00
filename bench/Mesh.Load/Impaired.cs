using System.Globalization;
using System.Text;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Io;
using Mesh.Scenarios;
using Mesh.Testing.BadNetwork;

namespace Mesh.Load;

/// <summary>
/// Calls between two of our sites through the impairment relay, in virtual time and from a seed: the figures are the same on every machine, and change only when the program does.
/// </summary>
public static class Impaired
{
    private const ulong Seed = 1;

    /// <summary>The share lost, and the share of calls that must be set up.</summary>
    private static readonly (double Loss, double AtLeast)[] Losses = [(0, 0.999), (0.01, 0.999), (0.05, 0.995), (0.10, 0.99), (0.20, 0.95)];

    /// <summary>Plays all rows, prints and writes the table; the exit code.</summary>
    public static async Task<int> RunAsync()
    {
        bool holds = Run(Console.Error, out string markdown);
        await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "bench/results/impaired.md"), markdown);
        Console.Write(markdown);
        return holds ? 0 : 1;
    }

    /// <summary>False when a row misses what is wanted of it.</summary>
    private static bool Run(TextWriter progress, out string markdown)
    {
        var text = new StringBuilder(Preface).Append(ImpairedRow.Head);
        bool holds = true;
        foreach (var row in Rows())
        {
            var figures = VirtualSeries.Run(row.Options, Seed);
            bool good = row.AtLeast == 0 || row.Holds(figures);
            holds &= good;
            progress.WriteLine($"{(good ? "ok  " : "MISS")} {row.What}, {row.Options.Impairments}: {figures}");
            text.Append(row.Write(figures));
        }
        markdown = text.ToString();
        return holds;
    }

    private const string Preface = """
        # bench/run --impaired

        Two of our sites (`IaxEndpoint`, as `mesh run` has it: probes, call tokens, MD5) with an `ImpairmentRelay` between them, both directions impaired alike, in virtual time and from a
        seed. The path takes 10 ms each way, 10 % of the datagrams come twice and 10 % are overtaken by 50 ms unless the row says otherwise. Every call rings 200 ms, then both ends say
        marked frames of 20 ms. *Ringing heard*: from placing the call until its caller knows that it rings. *Answer heard*: from the lifted receiver until the caller knows. *Of those not
        heard*: frames that got through the network and were not given to the listener once he was in the call: a full VOICE frame waits behind a lost control frame, and is not heard
        when the call ends meanwhile. *Sent again*: full frames, both sites together. A call is offered to the
        far site once, whatever happens to its NEW; the command fails when one is not, or when a figure is below what is wanted.


        """;

    private static IEnumerable<ImpairedRow> Rows()
    {
        foreach (var (loss, atLeast) in Losses) yield return new ImpairedRow("mini frames", Series(loss), atLeast);
        foreach (var (loss, atLeast) in Losses) yield return new ImpairedRow("trunked and sealed, as by default", Series(loss) with { Sealed = true, Trunked = true }, atLeast);
        foreach (var (loss, _) in Losses)
            yield return new ImpairedRow("mini frames, repeated as to any peer", Series(loss) with { Endpoint = new IaxEndpointOptions { SiteRetransmission = RetransmissionSchedule.Default } }, 0);
        yield return new ImpairedRow("170 s: two wraps of the stamps", new BadNetworkOptions
        {
            Impairments = Impairments.Parse("drop=5%,duplicate=10%,reorder=10%,reorder-by=70ms,delay=10ms"), Calls = 20, CallsPerSecond = 10, TalkMs = 170_000,
        }, 0.995);
        yield return new ImpairedRow("rows of losses", Series(0.05) with { Impairments = Impairments.Parse("drop=5%,burst=5,delay=10ms,jitter=10ms") }, 0.99);
        yield return new ImpairedRow("a bad mobile path", Series(0.10) with { Impairments = Impairments.Parse("drop=10%,burst=10,delay=60ms,jitter=40ms") }, 0.98);
    }

    private static BadNetworkOptions Series(double loss) => new()
    {
        Impairments = Impairments.Parse(string.Create(CultureInfo.InvariantCulture, $"drop={loss * 100}%,duplicate=10%,reorder=10%,reorder-by=50ms,delay=10ms")),
        Calls = 10_000, CallsPerSecond = 50, TalkMs = 400,
    };
}
