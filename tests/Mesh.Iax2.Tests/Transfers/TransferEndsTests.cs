using Mesh.Iax2.Tests.Support;

namespace Mesh.Iax2.Tests.Transfers;

/// <summary>A call that ends while its middle leaves: no half call stays anywhere, whoever ends it and whenever.</summary>
public class TransferEndsTests
{
    private static readonly Impairment FiveMs = new() { Latency = TimeSpan.FromMilliseconds(5) };

    public enum Who { Caller, Callee, Middle, BothEnds }

    /// <summary>The transfer takes some 45 ms at 5 ms a hop; the hang-up comes at every quarter of a hop of it and a while after.</summary>
    [Theory]
    [InlineData(Who.Caller)]
    [InlineData(Who.Callee)]
    [InlineData(Who.Middle)]
    [InlineData(Who.BothEnds)]
    public void A_hangup_at_any_moment_ends_both_sides(Who who)
    {
        for (int afterMicros = 0; afterMicros < 70_000; afterMicros += 1_250) Play(who, afterMicros, 1, FiveMs);
    }

    [Theory]
    [InlineData(Who.Caller)]
    [InlineData(Who.Callee)]
    [InlineData(Who.Middle)]
    [InlineData(Who.BothEnds)]
    public void A_hangup_at_any_moment_ends_both_sides_on_a_bad_network_too(Who who)
    {
        var bad = new Impairment { Latency = TimeSpan.FromMilliseconds(5), Jitter = TimeSpan.FromMilliseconds(20), Loss = 0.15, Duplication = 0.1, Reordering = 0.1 };
        for (ulong seed = 1; seed <= 60; seed++) Play(who, (int)(seed * 5_000), seed, bad);
    }

    [Theory]
    [InlineData("london")]
    [InlineData("manchester")]
    [InlineData("oxford")]
    public void A_site_that_dies_at_any_moment_leaves_no_half_call_either(string dies)
    {
        for (int afterMicros = 0; afterMicros < 60_000; afterMicros += 5_000)
        {
            using var sites = new ThreeSites(impairment: FiveMs);
            sites.Connect(talking: false);
            Assert.True(sites.Leave());
            sites.World.RunFor(TimeSpan.FromMicroseconds(afterMicros));
            var dead = sites.All.First(site => site.Name == dies);
            sites.World.KillHost(dead.Address);
            sites.Run(5);
            // The middle may die once it has left; a call whose end is dead ends, and so does one that was still going through the middle.
            if (dies == "manchester" && sites.A.IsUp && sites.A.Peer!.Name == "oxford")
            {
                sites.London.Loop.Invoke(() => sites.A.Hangup(CauseCode.NormalClearing));
                sites.Run(1);
            }
            sites.Run(120);
            foreach (var site in sites.All)
                if (site != dead) Assert.Equal((site.Name, afterMicros, 0, 0), (site.Name, afterMicros, site.Endpoint.CallCount, site.Endpoint.NumbersInUse));
        }
    }

    private static void Play(Who who, int afterMicros, ulong seed, Impairment impairment)
    {
        using var sites = new ThreeSites(seed, FiveMs);
        sites.Connect();
        sites.World.Wire.Default = impairment;
        Assert.True(sites.Leave());
        sites.World.RunFor(TimeSpan.FromMicroseconds(afterMicros));
        if (who is Who.Caller or Who.BothEnds) sites.London.Loop.Invoke(() => sites.A.Hangup(CauseCode.NormalClearing));
        if (who is Who.Callee or Who.BothEnds) sites.Oxford.Loop.Invoke(() => sites.C.Hangup(CauseCode.NormalClearing));
        if (who == Who.Middle) sites.Manchester.Loop.Invoke(() => { sites.In.Hangup(CauseCode.NormalClearing); sites.Out.Hangup(CauseCode.NormalClearing); });
        if (who == Who.Middle && sites.Outcomes is [true])
        {
            // It was gone already: it has nothing to hang up.
            Assert.True(sites.A.IsUp && sites.C.IsUp);
            sites.London.Loop.Invoke(() => sites.A.Hangup(CauseCode.NormalClearing));
        }
        sites.Run(impairment == FiveMs ? 0.5 : 12);
        Assert.True(sites.A.IsOver && sites.C.IsOver, $"{who} after {afterMicros} us, seed {seed}: A {sites.A.State}, C {sites.C.State}");
        if (impairment == FiveMs && who != Who.Caller && who != Who.BothEnds) Assert.Equal((who, afterMicros, (CauseCode?)CauseCode.NormalClearing), (who, afterMicros, sites.LogA.Cause ?? CauseCode.NormalClearing));
        if (impairment == FiveMs && who is Who.Caller or Who.Middle && impairment == FiveMs) Assert.Equal((who, afterMicros, (CauseCode?)CauseCode.NormalClearing), (who, afterMicros, sites.LogC.Cause));
        sites.World.Wire.Default = FiveMs;
        sites.AssertNothingLeft();
    }
}
