namespace Mesh.Io.Tests;

public sealed class ChanceTests
{
    [Fact]
    public void The_same_seed_gives_the_same_octets_and_another_seed_others()
    {
        byte[] a = new byte[37], b = new byte[37], c = new byte[37];
        new SeededChance(1).Fill(a);
        new SeededChance(1).Fill(b);
        new SeededChance(2).Fill(c);
        Assert.Equal(a, b);
        Assert.NotEqual(a, c);
    }

    [Fact]
    public void Draws_are_spread_evenly_over_their_range()
    {
        var chance = new SeededChance(3);
        int[] seen = new int[10];
        for (int i = 0; i < 10_000; i++) seen[chance.NextInt32(10)]++;
        Assert.All(seen, n => Assert.InRange(n, 850, 1150));
        double sum = 0;
        for (int i = 0; i < 10_000; i++)
        {
            double drawn = chance.NextDouble();
            Assert.InRange(drawn, 0, 0.9999999999999999);
            sum += drawn;
        }
        Assert.InRange(sum / 10_000, 0.48, 0.52);
        Assert.Throws<ArgumentOutOfRangeException>(() => chance.NextInt32(0));
    }

    [Fact]
    public void The_systems_chance_gives_each_octet_once()
    {
        var chance = new CryptoChance();
        var seen = new HashSet<ulong>();
        for (int i = 0; i < 1_000; i++) Assert.True(seen.Add(chance.NextUInt64()));
        byte[] large = new byte[5_000];
        chance.Fill(large);
        Assert.InRange(large.Distinct().Count(), 250, 256);
    }
}
