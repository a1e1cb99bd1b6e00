using Mesh.Host.Alarms;
using Mesh.Host.Incidents;

namespace Mesh.Host.Tests.Alarms;

public sealed class AlarmPhaseTests
{
    private static readonly AlarmOptions Options = new() { ClearAfter = TimeSpan.FromSeconds(10), Flapping = TimeSpan.FromSeconds(60) };
    private readonly AlarmBoard board = new(Options);
    private double now;

    [Fact]
    public void What_does_not_last_is_no_alarm_and_what_pauses_is_not_over()
    {
        Assert.False(At(0, true));
        Assert.False(At(4.9, true));
        Assert.False(At(5, false));
        Assert.False(At(6, true));
        Assert.False(At(10.9, true));
        Assert.True(At(11, true));
        Assert.True(At(12, false));
        Assert.True(At(21, false));
        Assert.True(At(21.5, true));
        Assert.True(At(22, false));
        Assert.True(At(31.9, false));
        Assert.False(At(32, false));
    }

    [Fact]
    public void Each_return_makes_it_last_twice_as_long_up_to_a_limit()
    {
        double[] expected = [10, 20, 40, 60, 60];
        foreach (double seconds in expected)
        {
            Run(6, true);
            Assert.True(Is);
            double began = now;
            while (Is) Run(0.5, false);
            Assert.Equal(seconds, now - began, 1.0);
        }
        // Calm for long enough: forgotten.
        Run(61, false);
        Run(6, true);
        double again = now;
        while (Is) Run(0.5, false);
        Assert.Equal(10, now - again, 1.0);
    }

    [Fact]
    public void More_than_can_be_looked_at_is_counted()
    {
        board.Look(Enumerable.Range(0, Options.MostFacts + 5).Select(i => new AlarmFact($"k-{i}", "t", [], IncidentImpact.None, TimeSpan.Zero)), TimeSpan.Zero);
        board.Look(Enumerable.Range(0, Options.MostFacts).Select(i => new AlarmFact($"k-{i}", "t", [], IncidentImpact.None, TimeSpan.Zero)), TimeSpan.FromSeconds(1));
        Assert.Equal((5, Options.MostFacts), (board.TooMany, board.Standing.Count));
    }

    private bool Is => board.Standing.ContainsKey("k");

    private void Run(double seconds, bool isAmiss)
    {
        for (double until = now + seconds; now < until - 1e-9;) At(now + 0.5, isAmiss);
    }

    private bool At(double seconds, bool isAmiss)
    {
        now = seconds;
        board.Look(isAmiss ? [new AlarmFact("k", "t", [], IncidentImpact.None, TimeSpan.FromSeconds(5))] : [], TimeSpan.FromSeconds(seconds));
        return Is;
    }
}
