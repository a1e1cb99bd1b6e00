using BenchmarkDotNet.Attributes;
using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io.Simulation;
using Mesh.Testing.Calls;

namespace Mesh.Benchmarks;

/// <summary>A whole call without a protocol: admission, handler, fork, answer, hang-up, record; the fakes that stand for phones and sites are in the figure.</summary>
public class ForkBenchmarks
{
    private readonly SimulatedWorld world = new();
    private FakeSite site = null!;

    [GlobalSetup]
    public void Place()
    {
        site = new FakeSite(world);
        site.Sip.Phone("desk");
        foreach (string other in (string[])["manchester", "office", "offsite"]) site.Iax.Site(other, "301");
        site.Plan.Extension("300", call => call.Dial("SIP/desk", 25.Seconds)).Extension("301", call => call.Dial("SIP/desk&IAX2/manchester/301&IAX2/office/301&IAX2/offsite/301", 25.Seconds));
        site.Sip.Behaviour = leg => { leg.Ring(); leg.Answer(); };
        Four();
        if (site.Journal.Records.Count != 1 || site.Leaks().Length > 0) throw new InvalidOperationException($"the call did not go as it should: {site.Leaks()}");
    }

    [Benchmark(Description = "calls: one phone rings, answers, the caller hangs up")]
    public void One() => Call("300");

    [Benchmark(Description = "calls: a phone and three sites ring, one answers, the caller hangs up")]
    public void Four() => Call("301");

    private void Call(string number)
    {
        site.Sip.Legs.Clear();
        site.Iax.Legs.Clear();
        site.Audio.Events.Clear();
        site.Journal.Records.Clear();
        var caller = site.Call(CallEntry.Phone, number, c => c with { From = "caller" });
        world.RunFor(TimeSpan.FromMilliseconds(1));
        site.HangUp(caller);
        world.RunFor(TimeSpan.FromMilliseconds(1));
    }
}
