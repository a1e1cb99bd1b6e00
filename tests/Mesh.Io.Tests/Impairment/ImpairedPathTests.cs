namespace Mesh.Io.Tests;

public sealed class ImpairedPathTests
{
    private readonly ImpairmentCounters counters = new();

    private ImpairedPath Path(string text, ulong seed = 3) => new(Impairments.Parse(text).Out, new SeededChance(seed), counters);

    [Fact]
    public void The_same_seed_decides_the_same()
    {
        const string Text = "drop=10%,burst=3,duplicate=10%,reorder=10%,delay=20ms,jitter=5ms,corrupt=5%,forge=5%,rate=1Mbit";
        Assert.Equal(Run(1), Run(1));
        Assert.NotEqual(Run(1), Run(2));

        string Run(ulong seed)
        {
            var path = Path(Text, seed);
            var all = new System.Text.StringBuilder();
            for (int i = 0; i < 2_000; i++)
            {
                var passage = path.Send(i * 500, 160);
                all.Append(passage.Fate).Append(' ');
                for (int c = 0; c < passage.Count; c++) all.Append(passage[c]).Append(' ');
            }
            return all.ToString();
        }
    }

    [Theory]
    [InlineData("drop=5%", 0.05, 1.05)]
    [InlineData("drop=5%,burst=1", 0.05, 1.0)]
    [InlineData("drop=20%,burst=4", 0.2, 4.0)]
    [InlineData("drop=1%,burst=10", 0.01, 10.0)]
    [InlineData("drop=100%", 1.0, 0)]
    public void Losses_come_as_often_and_in_rows_as_long_as_asked(string text, double share, double meanRow)
    {
        const int Datagrams = 400_000;
        var path = Path(text);
        int lost = 0, rows = 0;
        bool before = false;
        for (int i = 0; i < Datagrams; i++)
        {
            bool now = path.Send(i * 20_000L, 160).Fate == PathFate.Lost;
            if (now) lost++;
            if (now && !before) rows++;
            before = now;
        }
        Assert.InRange(lost / (double)Datagrams, share * 0.9, share * 1.1);
        if (meanRow > 0) Assert.InRange(lost / (double)rows, meanRow * 0.9, meanRow * 1.1);
        Assert.Equal(lost, counters.Lost);
    }

    [Fact]
    public void A_link_of_a_rate_carries_that_and_drops_what_would_wait_too_long()
    {
        // 172 octets and 28 of headers are 1,600 bits: 1 ms at this rate; offered twice as fast.
        var path = Path("rate=1600kbit,queue=10ms");
        long last = 0;
        int passed = 0;
        for (int i = 0; i < 2_000; i++)
        {
            var passage = path.Send(i * 500L, 172);
            if (passage.Fate == PathFate.Overflowed) continue;
            passed++;
            Assert.True(passage[0].AtMicros >= last + 1_000);
            Assert.True(passage[0].AtMicros <= i * 500L + 12_000);
            last = passage[0].AtMicros;
        }
        Assert.InRange(passed, 1_000, 1_012);
        Assert.Equal(2_000 - passed, counters.Overflowed);
    }

    [Fact]
    public void A_copy_is_intact_or_has_one_octet_changed_and_a_forged_one_is_never_longer()
    {
        var path = Path("corrupt=30%,forge=30%,duplicate=30%");
        byte[] payload = [.. Enumerable.Range(0, 60).Select(i => (byte)i)], there = new byte[60];
        int corrupted = 0, forged = 0, duplicates = 0;
        for (int i = 0; i < 5_000; i++)
        {
            var passage = path.Send(i, payload.Length);
            int genuine = 0;
            for (int c = 0; c < passage.Count; c++)
            {
                int length = passage[c].Write(payload, there);
                if (passage[c].IsForged) { forged++; Assert.InRange(length, 1, 60); continue; }
                genuine++;
                int changes = payload.Zip(there, (a, b) => a == b ? 0 : 1).Sum();
                Assert.Equal((60, passage[c].IsIntact ? 0 : 1), (length, changes));
                corrupted += changes;
            }
            duplicates += genuine - 1;
        }
        Assert.Equal((corrupted, forged, duplicates), ((int)counters.Corrupted, (int)counters.Forged, (int)counters.Duplicated));
        Assert.InRange(forged, 1_350, 1_650);
        Assert.InRange(corrupted, 1_750, 2_150);
    }

    [Fact]
    public void Empty_datagrams_pass_unharmed()
    {
        var path = Path("corrupt=100%,forge=100%");
        var passage = path.Send(0, 0);
        for (int c = 0; c < passage.Count; c++) Assert.Equal(0, passage[c].Write([], []));
    }

    [Fact]
    public void A_cut_direction_lets_nothing_pass()
    {
        var path = Path("cut,forge=100%,duplicate=100%");
        Assert.Equal((PathFate.Cut, 0), (path.Send(0, 10).Fate, path.Send(0, 10).Count));
        Assert.Equal((2, 2), (counters.Sent, counters.Cut));
    }

    [Fact]
    public void A_decision_allocates_nothing()
    {
        var path = Path("drop=5%,duplicate=10%,reorder=10%,delay=20ms,jitter=5ms,corrupt=1%");
        for (int i = 0; i < 100; i++) path.Send(i, 160);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++) path.Send(i, 160);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
