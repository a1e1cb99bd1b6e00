using Mesh.Io;
using Mesh.Sip.Security;
using Xunit;

namespace Mesh.Sip.Tests.Security;

public class NonceSourceTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
    private readonly NonceSource source = new(Key, new SeededChance(1));

    private byte[] Make(long nowMs = 5_000)
    {
        var nonce = new byte[NonceSource.Length];
        source.Make(nowMs, nonce);
        return nonce;
    }

    [Fact]
    public void A_count_is_taken_once_and_in_any_order()
    {
        var nonce = Make();
        uint[] counts = [1, 2, 5, 4, 3, 70, 69];
        foreach (uint count in counts) Assert.Equal(NonceVerdict.Fresh, source.Use(nonce, count, 6_000));
        foreach (uint count in counts) Assert.Equal(NonceVerdict.Replayed, source.Use(nonce, count, 6_000));
        Assert.Equal(NonceVerdict.Replayed, source.Use(nonce, 6, 6_000)); // 64 behind: no longer known
        Assert.Equal(NonceVerdict.Fresh, source.Use(nonce, 7, 6_000));
    }

    [Fact]
    public void Age_first_use_and_uses_are_limited()
    {
        var options = NonceSourceOptions.Default;
        var nonce = Make(0);
        Assert.Equal(NonceVerdict.Stale, source.Use(nonce, 1, (options.FirstUseSeconds + 1) * 1000L));
        Assert.Equal(NonceVerdict.Fresh, source.Use(nonce, 1, 1_000));
        Assert.Equal(NonceVerdict.Fresh, source.Use(nonce, 2, options.LifetimeSeconds * 1000L));
        Assert.Equal(NonceVerdict.Stale, source.Use(nonce, 3, (options.LifetimeSeconds + 1) * 1000L));
        Assert.Equal(NonceVerdict.Stale, source.Use(nonce, (uint)options.MaxUses + 1, 2_000));
        Assert.Equal(NonceVerdict.Stale, source.Use(nonce, 0, 2_000));
    }

    [Fact]
    public void Nobody_else_can_make_one()
    {
        var nonce = Make();
        for (int i = 0; i < nonce.Length; i++)
        {
            var forged = (byte[])nonce.Clone();
            forged[i] = forged[i] == 'A' ? (byte)'B' : (byte)'A';
            // The last character's spare bits are part of no octet; a decoder refuses or ignores them.
            var verdict = source.Use(forged, 1, 5_000);
            Assert.True(verdict == NonceVerdict.Foreign || i == nonce.Length - 1, $"octet {i}: {verdict}");
        }
        Assert.Equal(NonceVerdict.Foreign, source.Use("short"u8, 1, 5_000));
        Assert.Equal(NonceVerdict.Foreign, source.Use(new byte[NonceSource.Length], 1, 5_000));
        Assert.Equal(NonceVerdict.Foreign, new NonceSource(new byte[32], new SeededChance(1)).Use(nonce, 1, 5_000));
    }

    [Fact]
    public void A_count_pushed_out_of_the_table_makes_its_nonce_stale_and_never_replays()
    {
        var small = new NonceSource(Key, new SeededChance(2), new NonceSourceOptions { Tracked = 1 });
        byte[] first = new byte[NonceSource.Length], second = new byte[NonceSource.Length];
        small.Make(0, first);
        small.Make(0, second);
        Assert.Equal(NonceVerdict.Fresh, small.Use(first, 1, 0));
        Assert.Equal(NonceVerdict.Fresh, small.Use(second, 1, 0));
        Assert.Equal(NonceVerdict.Stale, small.Use(first, 2, 0));
    }

    [Fact]
    public void No_two_are_alike() => Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => Convert.ToHexString(Make())).Distinct().Count());
}
