using Mesh.Media.Rtcp;

namespace Mesh.Media.Tests.Rtcp;

/// <summary>RFC 3550 section 6.4.</summary>
public sealed class RtcpReportTests
{
    private static readonly ReportBlock Block = new(0xABCD, 64, -3, 0x0001_0005, 17, 0x1111_2222, 65_536);

    [Fact]
    public void Written_is_read_again()
    {
        var report = new RtcpReport(0x1234, new SenderInfo(0x0102_0304_0506_0708, 9, 10, 11), Block, "name");
        var buffer = new byte[RtcpReport.MaxSize];
        int length = report.Write(buffer);
        Assert.Equal(0, length % 4);
        Assert.True(RtcpReport.TryRead(buffer.AsSpan(0, length), 0xABCD, out var read));
        Assert.Equal(report with { Cname = "" }, read);
        Assert.True(RtcpReport.TryRead(buffer.AsSpan(0, length), 1, out read));
        Assert.Null(read.Block);
    }

    [Fact]
    public void A_receiver_report_is_the_octets_of_the_rfc()
    {
        var buffer = new byte[RtcpReport.MaxSize];
        int length = new RtcpReport(1, null, null, "ab").Write(buffer);
        Assert.Equal("80C900010000000181CA00030000000101026162" + "00000000", Convert.ToHexString(buffer.AsSpan(0, length)));
    }

    [Fact]
    public void Nothing_malformed_is_read_and_nothing_throws()
    {
        var buffer = new byte[RtcpReport.MaxSize];
        int length = new RtcpReport(1, default(SenderInfo), Block, "x").Write(buffer);
        for (int cut = 0; cut < 52; cut++) Assert.False(RtcpReport.TryRead(buffer.AsSpan(0, cut), 1, out _));
        var chance = new SeededChance(1);
        for (int i = 0; i < 50_000; i++)
        {
            var mutated = buffer[..length];
            mutated[chance.NextInt32(length)] = (byte)chance.NextInt32(256);
            RtcpReport.TryRead(mutated.AsSpan(0, chance.NextInt32(length)), 1, out _);
        }
    }

    [Fact]
    public void Ntp_time_is_seconds_since_1900() =>
        Assert.Equal(3_976_214_400UL << 32 | 0x8000_0000, SenderInfo.NtpOf(new DateTimeOffset(2026, 1, 1, 0, 0, 0, 500, TimeSpan.Zero)));

    [Fact]
    public void Two_ports_tell_each_other_loss_and_round_trip()
    {
        using var w = new MediaWorld();
        var (a, b) = (w.Pool.Rent()!, w.Pool.Rent()!);
        a.Apply(MediaWorld.To(b.Local) with { RemoteRtcp = b.Local.WithPort((ushort)(b.Local.Port + 1)) });
        b.Apply(MediaWorld.To(a.Local) with { RemoteRtcp = a.Local.WithPort((ushort)(a.Local.Port + 1)) });
        w.World.Wire.Default = new() { Latency = TimeSpan.FromMilliseconds(30), Loss = 0.1 };
        Playout.Start(a, UkTones.Ringback.PlayEndless());
        Playout.Start(b, UkTones.Ringback.PlayEndless());
        w.Run(60_000);
        foreach (var port in new[] { a, b })
        {
            var far = port.RemoteReception!;
            Assert.InRange(far.FractionLost, 0.02, 0.2);
            Assert.InRange(far.Lost, 150, 450);
            Assert.InRange((long)far.RoundTripMicros!, 59_000, 61_000);
        }
        a.Dispose();
        b.Dispose();
        w.Run(100);
        Assert.All(w.Loops, loop => Assert.Equal(0, loop.Deadlines.Armed));
    }

    [Fact]
    public void A_strangers_report_is_discarded()
    {
        using var w = new MediaWorld();
        var (a, alice) = w.Leg();
        alice.SendAudio();
        w.Run(10);
        var stranger = w.Phone("10.9.9.9:5001");
        stranger.Peer = a.Local.WithPort((ushort)(a.Local.Port + 1));
        var buffer = new byte[RtcpReport.MaxSize];
        int length = new RtcpReport(1, null, Block with { Ssrc = a.Ssrc }, "x").Write(buffer);
        stranger.SendRaw(buffer[..length]);
        w.Run(10);
        Assert.Null(a.RemoteReception);
        Assert.Equal(1, a.Counters.Discarded);
    }
}
