using Mesh.Host.Sorry.Acme;

namespace Mesh.Host.Tests.Sorry.Acme;

public class AcmeScheduleTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void At_no_time_is_it_the_turn_of_two_sites_and_each_has_one()
    {
        var turn = TimeSpan.FromMinutes(2);
        var had = new HashSet<int>();
        for (var now = Start; now < Start.AddHours(1); now += TimeSpan.FromSeconds(7))
        {
            int[] may = [.. Enumerable.Range(0, 4).Where(s => AcmeSchedule.IsTurn(s, 4, now, turn))];
            Assert.True(may.Length <= 1);
            had.UnionWith(may);
            // Whoever begins now is done before anybody else may.
            if (may is [var site])
                Assert.All(Enumerable.Range(0, 4).Where(s => s != site), s => Assert.False(AcmeSchedule.IsTurn(s, 4, now + new AcmeOptions().OrderWithin, turn)));
        }
        Assert.Equal(4, had.Count);
        Assert.True(AcmeSchedule.IsTurn(0, 1, Start.AddSeconds(119), turn));
    }

    [Fact]
    public void Another_is_due_at_two_thirds() => Assert.Equal(Start.AddDays(60), AcmeSchedule.RenewAt(Start, Start.AddDays(90)));

    [Fact]
    public void Each_failure_doubles_the_wait_up_to_a_day_and_chance_spreads_it()
    {
        var options = new AcmeOptions();
        Assert.Equal([5, 10, 20, 40], Enumerable.Range(1, 4).Select(n => AcmeSchedule.BackOff(n, options, 0.5).TotalMinutes));
        Assert.Equal(TimeSpan.FromHours(24), AcmeSchedule.BackOff(1_000_000, options, 0.5));
        Assert.Equal(TimeSpan.FromMinutes(3.75), AcmeSchedule.BackOff(1, options, 0));
        Assert.InRange(AcmeSchedule.BackOff(1, options, 0.999), TimeSpan.FromMinutes(6.2), TimeSpan.FromMinutes(6.25));
    }

    [Fact]
    public void Challenges_are_bounded_the_oldest_goes()
    {
        var clock = new HandClock();
        using var answers = new ChallengeAnswers(new MemoryJournal(clock), ["www.example"], new AcmeOptions { Challenges = 3 }, clock);
        for (int i = 0; i < 5; i++)
        {
            _ = answers.ShowAsync("www.example", $"t{i}", $"t{i}.x", CancellationToken.None);
            clock.Now += TimeSpan.FromSeconds(1);
        }
        Assert.Equal([null, null, "t2.x", "t3.x", "t4.x"], Enumerable.Range(0, 5).Select(i => answers.Find("www.example", ChallengeAnswers.Path + $"t{i}")));
        _ = answers.ShowAsync("www.example", "../t9", "../t9.x", CancellationToken.None);
        Assert.Null(answers.Find("www.example", ChallengeAnswers.Path + "../t9"));
    }
}
