using Mesh.Iax2.Sealing;

namespace Mesh.Iax2.Tests.Sealing;

public class SealHandshakeTests
{
    private ulong drawn;

    [Fact]
    public void Whoever_begins_it_is_over_after_two_hellos_each_way()
    {
        var (a, b) = (Boot(), Boot());
        Assert.Equal(4, Converse(ref a, ref b));
        Assert.True(a is { IsConfirmed: true } && b is { IsConfirmed: true });
        Assert.Equal((a.Own, b.Own), (b.Peer, a.Peer));
    }

    [Fact]
    public void Both_may_begin_at_once()
    {
        var (a, b) = (Boot(), Boot());
        var (fromA, fromB) = (a.Hello, b.Hello);
        var answers = new Queue<(bool ToA, SealHello Hello)>([(false, fromA), (true, fromB)]);
        int hellos = 0;
        while (answers.TryDequeue(out var next))
        {
            Assert.True(++hellos < 12);
            if (next.ToA) { if (a.Hear(next.Hello, Draw()).HasFlag(SealHeard.Answer)) answers.Enqueue((false, a.Hello)); }
            else if (b.Hear(next.Hello, Draw()).HasFlag(SealHeard.Answer)) answers.Enqueue((true, b.Hello));
        }
        Assert.True(a.IsConfirmed && b.IsConfirmed);
    }

    [Fact]
    public void A_restarted_side_is_believed_only_when_it_echoes_what_was_drawn_after_it_was_last_believed()
    {
        var (a, b) = (Boot(), Boot());
        var recorded = new List<SealHello>();
        Converse(ref a, ref b, recorded);
        var first = a.Own;
        a = Boot();
        Converse(ref a, ref b, recorded);
        Assert.Equal(a.Own, b.Peer);
        Assert.NotEqual(first, b.Peer);
        // Everything that was ever said, said again in any order: nothing changes.
        for (int round = 0; round < 3; round++)
            foreach (var hello in recorded)
            {
                Assert.False(b.Hear(hello, Draw()).HasFlag(SealHeard.Accepted));
                Assert.False(a.Hear(hello, Draw()).HasFlag(SealHeard.Accepted));
            }
        Assert.Equal((a.Own, b.Own), (b.Peer, a.Peer));
    }

    /// <summary>Any of the hellos may be lost: then the side that is not confirmed asks again.</summary>
    [Fact]
    public void A_lost_hello_is_made_good_by_the_next_question()
    {
        for (int lost = 0; lost < 1 << 6; lost++)
        {
            var (a, b) = (Boot(), Boot());
            int at = 0;
            for (int question = 0; question < 8; question++)
            {
                if (!a.IsConfirmed) Exchange(ref a, ref b, lost, ref at);
                if (!b.IsConfirmed) Exchange(ref b, ref a, lost, ref at);
            }
            Assert.True(a.IsConfirmed && b.IsConfirmed, $"lost {lost:B}");
        }
    }

    [Fact]
    public void Golden_hello()
    {
        var hello = new SealHello(new SealEpoch(1, 2), new SealEpoch(3, 4), new SealEpoch(5, 6), new SealEpoch(7, 8), false);
        byte[] octets = new byte[SealHello.Length];
        hello.Write(octets);
        var keys = new SealKeys([Support.SealedPair.Key], "london", "manchester");
        keys.Sign(octets);
        Assert.Equal("00005401" + "0000000000000001" + "0000000000000002" + "0000000000000003" + "0000000000000004" + "0000000000000005" + "0000000000000006"
            + "0000000000000007" + "0000000000000008" + "b0cc3a743eb1f78421623f9781290bc8", Convert.ToHexStringLower(octets));
        Assert.True(SealHello.TryRead(octets, out var read));
        Assert.Equal(hello, read);
        var theirs = new SealKeys([Support.SealedPair.OtherKey, Support.SealedPair.Key], "manchester", "london");
        Assert.Equal(1, theirs.SignerOf(octets));
        // Turned round it is nobody's.
        Assert.Equal(-1, keys.SignerOf(octets));
        for (int bit = 0; bit < octets.Length * 8; bit++)
        {
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(!SealHello.TryRead(octets, out _) || theirs.SignerOf(octets) < 0);
            octets[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    private SealEpoch Draw() => new(0, ++drawn);

    private SealHandshake Boot() => new(Draw(), Draw());

    private int Converse(ref SealHandshake a, ref SealHandshake b, List<SealHello>? recorded = null)
    {
        int hellos = 0;
        for (bool toB = true; ; toB = !toB)
        {
            var hello = toB ? a.Hello : b.Hello;
            recorded?.Add(hello);
            Assert.True(++hellos < 12);
            var heard = toB ? b.Hear(hello, Draw()) : a.Hear(hello, Draw());
            if (!heard.HasFlag(SealHeard.Answer)) return hellos;
        }
    }

    private void Exchange(ref SealHandshake asking, ref SealHandshake asked, int lost, ref int at)
    {
        for (bool toAsked = true; ; toAsked = !toAsked)
        {
            var hello = toAsked ? asking.Hello : asked.Hello;
            if (at < 31 && (lost >> at++ & 1) != 0) return;
            var heard = toAsked ? asked.Hear(hello, Draw()) : asking.Hear(hello, Draw());
            if (!heard.HasFlag(SealHeard.Answer)) return;
        }
    }
}
