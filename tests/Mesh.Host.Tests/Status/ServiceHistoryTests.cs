using Mesh.Host.Status.Sampling;

namespace Mesh.Host.Tests.Status;

public class ServiceHistoryTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Fact]
    public void Time_across_midnight_counts_for_both_days()
    {
        var history = new ServiceHistory([]);
        history.Add("calls", ServiceState.Down, Midnight.AddMinutes(10), TimeSpan.FromMinutes(25));
        var days = history.Of("calls", Today);
        Assert.Equal((TimeSpan.FromMinutes(15), TimeSpan.FromMinutes(10)), (days[^2].Down, days[^1].Down));
    }

    [Fact]
    public void Time_up_to_midnight_counts_for_the_day_before_only()
    {
        var history = new ServiceHistory([]);
        history.Add("calls", ServiceState.Up, Midnight, TimeSpan.FromMinutes(5));
        Assert.Equal((TimeSpan.FromMinutes(5), TimeSpan.Zero), (history.Of("calls", Today)[^2].Up, history.Of("calls", Today)[^1].Known));
    }

    [Fact]
    public void More_than_two_days_at_once_fill_each()
    {
        var history = new ServiceHistory([]);
        history.Add("calls", ServiceState.Up, Midnight.AddHours(1), TimeSpan.FromHours(50));
        Assert.Equal([1, 24, 24, 1], history.Of("calls", Today).TakeLast(4).Select(d => d.Up.TotalHours));
    }

    [Theory]
    [InlineData(0, 0, 0, ServiceState.Unknown)]
    [InlineData(600, 0, 0, ServiceState.Up)]
    [InlineData(600, 59, 59, ServiceState.Up)]
    [InlineData(600, 60, 59, ServiceState.Degraded)]
    [InlineData(600, 600, 60, ServiceState.Down)]
    public void A_minute_of_trouble_marks_a_day(int up, int degraded, int down, ServiceState state) =>
        Assert.Equal(state, new ServiceDay("calls", Today, TimeSpan.FromSeconds(up), TimeSpan.FromSeconds(degraded), TimeSpan.FromSeconds(down)).State);

    [Fact]
    public void What_nobody_knows_counts_for_nothing()
    {
        var history = new ServiceHistory([]);
        history.Add("calls", ServiceState.Unknown, Midnight, TimeSpan.FromHours(3));
        Assert.Null(new ServiceStatus(new ServiceReading("calls", ServiceKind.Calls, "", ServiceState.Unknown), history.Of("calls", Today)).Uptime);
        Assert.Empty(history.TakeChanged());
    }
}
