using Mesh.Sip.Transactions;

namespace Mesh.Sip.Tests.Transactions;

public sealed class TimerSettingsTests
{
    [Fact]
    public void Defaults_are_those_of_table_4()
    {
        var t = TimerSettings.Default;
        Assert.Equal((500, 4_000, 5_000), (t.T1, t.T2, t.T4));
        Assert.All([t.B, t.F, t.H, t.L, t.M, t.D(false), t.J(false)], ms => Assert.Equal(32_000, ms));
        Assert.All([t.I(false), t.K(false)], ms => Assert.Equal(5_000, ms));
        Assert.True(t.C > 180_000);
    }

    [Fact]
    public void A_reliable_transport_leaves_nothing_lingering()
    {
        var t = TimerSettings.Default;
        Assert.All([t.D(true), t.I(true), t.J(true), t.K(true)], ms => Assert.Equal(0, ms));
    }

    [Fact]
    public void Intervals_double_up_to_T2()
    {
        var seen = new List<int> { 500 };
        while (seen.Count < 6) seen.Add(TimerSettings.Default.BackOff(seen[^1]));
        Assert.Equal([500, 1_000, 2_000, 4_000, 4_000, 4_000], seen);
    }
}
