namespace Mesh.Media.Tests.Rtp;

/// <summary>RFC 3550 appendix A.</summary>
public sealed class RtpReceptionTests
{
    private readonly RtpReception reception = new();

    private int? Take(int sequence, uint ssrc = 1, long? atMs = null, uint? timestamp = null) =>
        reception.Take(new RtpHeader(8, false, (ushort)sequence, timestamp ?? (uint)(sequence * 160), ssrc), (atMs ?? sequence * 20L) * 1000);

    [Fact]
    public void In_order_each_is_one_step()
    {
        for (int i = 0; i < 10; i++) Assert.Equal(1, Take(100 + i));
        Assert.Equal((10, 0, 10), (reception.Received, reception.Lost, reception.Expected));
    }

    [Fact]
    public void Loss_shows_as_a_longer_step_and_in_the_count()
    {
        Take(1);
        Assert.Equal(3, Take(4));
        Assert.Equal(2, reception.Lost);
    }

    [Fact]
    public void A_late_packet_takes_its_place_once()
    {
        Take(1); Take(2); Take(4);
        Assert.Equal(-1, Take(3));
        Assert.Null(Take(3));
        Assert.Null(Take(4));
        Assert.Equal(1, Take(5));
        Assert.Equal((5, 0), (reception.Received, reception.Lost));
    }

    [Fact]
    public void Too_late_is_dropped()
    {
        Take(1);
        Take(80);
        Assert.Null(Take(2));
        Assert.NotNull(Take(80 - RtpReception.Window + 1));
    }

    [Fact]
    public void The_sequence_wraps()
    {
        for (int i = 65_530; i < 65_550; i++) Assert.Equal(1, Take(i));
        Assert.Equal((20, 0), (reception.Received, reception.Lost));
    }

    [Fact]
    public void A_new_source_or_an_impossible_jump_begins_again_and_keeps_the_loss_so_far()
    {
        Take(1); Take(3);
        Assert.Equal(1, Take(40_000, ssrc: 2));
        Assert.Equal((1L, 1L, 1L), (reception.Lost, reception.Received, reception.Expected));
        Assert.Equal(1, Take(50_000, ssrc: 2));
        Assert.Equal((1L, 1L), (reception.Lost, reception.Expected));
    }

    [Fact]
    public void A_steady_stream_has_no_jitter_and_a_swinging_one_settles_at_its_swing()
    {
        for (int i = 0; i < 200; i++) Take(i);
        Assert.Equal(0, reception.Jitter);
        // Every other packet 5 ms late: each transit differs from the last by 5 ms, 40 units.
        for (int i = 200; i < 600; i++) Take(i, atMs: i * 20 + (i & 1) * 5);
        Assert.InRange(reception.Jitter, 36, 41);
    }

    [Fact]
    public void A_sender_that_jumps_its_clock_is_not_jitter()
    {
        for (int i = 0; i < 100; i++) Take(i);
        for (int i = 100; i < 200; i++) Take(i, timestamp: (uint)(i * 160 + 900_000));
        Assert.Equal(0, reception.Jitter);
    }
}
