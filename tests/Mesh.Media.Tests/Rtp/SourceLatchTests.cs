namespace Mesh.Media.Tests.Rtp;

public sealed class SourceLatchTests
{
    private static readonly NetAddress Announced = NetAddress.Parse("10.0.0.5:4000");
    private static readonly NetAddress OtherPort = NetAddress.Parse("10.0.0.5:4444");
    private static readonly NetAddress Translated = NetAddress.Parse("198.51.100.7:31000");
    private static readonly NetAddress Stranger = NetAddress.Parse("203.0.113.9:9999");
    private readonly SourceLatch latch = new(Announced);
    private ushort sequence;

    private SourceVerdict Judge(NetAddress from, long atMs, uint ssrc = 1, ushort? number = null) =>
        latch.Judge(from, new RtpHeader(8, false, number ?? sequence++, 0, ssrc), atMs);

    [Fact]
    public void The_announced_address_is_believed_at_once()
    {
        Assert.Equal(SourceVerdict.Moved, Judge(Announced, 0));
        Assert.Equal(SourceVerdict.Known, Judge(Announced, 20));
    }

    [Fact]
    public void Another_port_of_the_announced_host_is_believed_at_once_while_nothing_was_heard()
    {
        Assert.Equal(SourceVerdict.Moved, Judge(OtherPort, 0));
        Assert.Equal(OtherPort, latch.Locked);
    }

    [Fact]
    public void A_translated_address_is_found_after_three_packets_in_sequence()
    {
        Assert.Equal(SourceVerdict.Foreign, Judge(Translated, 0));
        Assert.Equal(SourceVerdict.Foreign, Judge(Translated, 20));
        Assert.Equal(SourceVerdict.Moved, Judge(Translated, 40));
        Assert.Equal(SourceVerdict.Known, Judge(Translated, 60));
    }

    [Fact]
    public void Three_packets_out_of_sequence_or_of_several_sources_find_nothing()
    {
        foreach (ushort number in new ushort[] { 1, 5, 9, 13, 2 }) Assert.Equal(SourceVerdict.Foreign, Judge(Translated, 0, number: number));
        for (ushort i = 20; i < 30; i++) Assert.Equal(SourceVerdict.Foreign, Judge(Translated, 0, ssrc: i, number: i));
        Assert.True(latch.Locked.IsNone);
    }

    [Fact]
    public void A_stranger_gets_nowhere_while_the_far_end_speaks()
    {
        Judge(Announced, 0);
        for (int i = 1; i < 100; i++)
        {
            Assert.Equal(SourceVerdict.Foreign, latch.Judge(Stranger, new RtpHeader(8, false, (ushort)i, 0, 1), i * 20));
            Assert.Equal(SourceVerdict.Known, latch.Judge(Announced, new RtpHeader(8, false, (ushort)i, 0, 1), i * 20));
        }
    }

    [Fact]
    public void A_stranger_with_another_source_gets_nowhere_even_after_silence()
    {
        Judge(Translated, 0); Judge(Translated, 20); Judge(Translated, 40);
        for (int i = 0; i < 10; i++) Assert.Equal(SourceVerdict.Foreign, Judge(Stranger, 60_000 + i * 20, ssrc: 99));
    }

    [Fact]
    public void The_same_source_is_found_again_at_a_new_port_after_silence()
    {
        Judge(Translated, 0); Judge(Translated, 20); Judge(Translated, 40);
        var rebound = Translated.WithPort(31001);
        Assert.Equal(SourceVerdict.Foreign, Judge(rebound, 60));
        Assert.Equal(SourceVerdict.Foreign, Judge(rebound, 2000));
        Assert.Equal(SourceVerdict.Foreign, Judge(rebound, 2020));
        Assert.Equal(SourceVerdict.Moved, Judge(rebound, 2040));
    }

    [Fact]
    public void The_announced_address_wins_over_one_that_was_found()
    {
        Judge(Stranger, 0); Judge(Stranger, 20); Judge(Stranger, 40);
        Assert.Equal(SourceVerdict.Moved, Judge(Announced, 60));
        Assert.Equal(SourceVerdict.Foreign, Judge(Stranger, 80));
    }
}
