using Mesh.Host.Status.Subscriptions;

namespace Mesh.Host.Tests.Status.Subscriptions;

public class TellerTurnTests
{
    private static readonly string[] Sites = ["london", "manchester", "office", "offsite"];
    private static readonly TimeSpan Takeover = TimeSpan.FromMinutes(2);

    [Fact]
    public void All_sites_come_to_one_order_and_share_the_changes()
    {
        var first = Enumerable.Range(0, 400).Select(i => TellerTurn.Order(Sites, $"london/{i}")[0]).CountBy(s => s).ToDictionary();
        Assert.All(Sites, s => Assert.InRange(first[s], 60, 140));
        Assert.Equal(TellerTurn.Order(Sites, "london/1"), TellerTurn.Order([.. Sites.Reverse()], "london/1"));
    }

    [Fact]
    public void For_each_set_of_living_sites_exactly_one_begins_at_once()
    {
        for (int change = 0; change < 20; change++)
            for (int alive = 1; alive < 16; alive++)
            {
                bool IsAlive(string site) => (alive >> Array.IndexOf(Sites, site) & 1) == 1;
                Assert.Single(Sites, s => IsAlive(s) && TellerTurn.HasCome(s, Sites, $"office/{change}", IsAlive, TimeSpan.Zero, Takeover));
            }
    }

    [Fact]
    public void The_others_follow_one_by_one_when_nothing_is_heard()
    {
        var order = TellerTurn.Order(Sites, "london/7");
        for (int place = 0; place < 4; place++)
        {
            Assert.True(TellerTurn.HasCome(order[place], Sites, "london/7", _ => true, Takeover * place, Takeover));
            if (place > 0) Assert.False(TellerTurn.HasCome(order[place], Sites, "london/7", _ => true, (Takeover * place) - TimeSpan.FromSeconds(1), Takeover));
        }
    }
}
