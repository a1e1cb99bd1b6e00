using Mesh.Media.Jitter;

namespace Mesh.Media.Tests.Jitter;

public class DelayHistoryTests
{
    [Theory]
    [InlineData(1ul)]
    [InlineData(2ul)]
    public void It_knows_what_a_sorted_list_would_say(ulong seed)
    {
        var chance = new SeededChance(seed);
        var history = new DelayHistory(100, 3);
        var all = new List<long>();
        for (int i = 0; i < 1_000; i++)
        {
            long delay = chance.NextInt32(50) - 25;
            history.Add(delay);
            all.Add(delay);
            var kept = all.TakeLast(100).Order().ToList();
            int trimmed = kept.Count * 3 / 100;
            Assert.Equal((kept.Count, kept[trimmed], kept[^(1 + trimmed)]), (history.Count, history.Min, history.Max));
        }
        history.Clear();
        Assert.Equal((0, 0L, 0L), (history.Count, history.Min, history.Jitter));
    }
}
