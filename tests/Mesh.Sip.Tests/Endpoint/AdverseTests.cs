using Mesh.Io.Simulation;

namespace Mesh.Sip.Tests.Endpoint;

public sealed class AdverseTests
{
    public static TheoryData<double, double, double> Wires => new()
    {
        { 0.2, 0, 0 },
        { 0, 0.3, 0 },
        { 0, 0, 0.3 },
        { 0.2, 0.2, 0.2 },
    };

    [Theory]
    [MemberData(nameof(Wires))]
    public void Every_call_over_a_bad_wire_reaches_an_end_and_leaves_nothing(double loss, double duplication, double reordering)
    {
        int answered = 0;
        for (ulong seed = 1; seed <= 40; seed++)
        {
            var wire = new Impairment { Latency = TimeSpan.FromMilliseconds(20), Jitter = TimeSpan.FromMilliseconds(15), Loss = loss, Duplication = duplication, Reordering = reordering, ReorderBy = TimeSpan.FromMilliseconds(40) };
            using var pair = new SipPair(seed, wire);
            pair.B.WhenInvited = invite =>
            {
                invite.Ring();
                pair.World.After(TimeSpan.FromMilliseconds(700), () => pair.B.Do(pair.B.Accept));
            };
            pair.A.Call(pair.B);
            pair.Run(40);
            bool isFailed = pair.A.Events.Any(e => e.StartsWith("failed", StringComparison.Ordinal));
            Assert.True(pair.A.Session is not null ^ isFailed, $"seed {seed}: {string.Join(", ", pair.A.Events)}");
            Assert.True(pair.A.Events.Count(e => e == "answered") <= 1);
            Assert.True(pair.B.Events.Count(e => e == "invite") <= 1);
            if (pair.A.Session is { } session)
            {
                answered++;
                var other = seed % 2 == 0 ? pair.B.Session! : session;
                pair.World.After(TimeSpan.Zero, () => (seed % 2 == 0 ? pair.B : pair.A).Do(() => other.SendBye()));
            }
            pair.AssertNothingLeft();
            Assert.True(pair.A.Session is null or { IsEnded: true }, $"seed {seed}");
            // A BYE that was lost seven times over leaves one side to its session timer or its media watch; the other has ended.
            if (loss == 0) Assert.True(pair.B.Session is { IsEnded: true });
        }
        Assert.InRange(answered, 36, 40);
    }

    [Fact]
    public void The_same_seed_gives_the_same_run()
    {
        static ulong Run()
        {
            using var pair = new SipPair(7, new Impairment { Latency = TimeSpan.FromMilliseconds(20), Loss = 0.2, Duplication = 0.1 });
            pair.A.Call(pair.B);
            pair.Run(60);
            return pair.World.Wire.Fingerprint;
        }
        Assert.Equal(Run(), Run());
    }

    [Fact]
    public void Duplicated_requests_are_absorbed()
    {
        using var pair = new SipPair(3, new Impairment { Latency = TimeSpan.FromMilliseconds(1), Duplication = 1 });
        pair.Establish();
        pair.A.Do(() => pair.A.Session!.SendBye());
        pair.AssertNothingLeft();
        Assert.Equal(["invite", "acked", "ended FarEnd"], pair.B.Events);
        Assert.True(pair.B.Endpoint.Metrics.RequestsAbsorbed >= 2);
    }
}
