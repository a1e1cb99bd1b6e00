namespace Mesh.Iax2.Tests.Calls;

/// <summary>What PONG says of the voice that came.</summary>
public class ReceiverReportTests
{
    [Fact]
    public void Voice_as_it_should_be_has_nothing_to_report()
    {
        var report = new ReceiverReport();
        for (int i = 0; i < 1_000; i++) report.Arrived((uint)(i * 20), 5_000 + i * 20);
        Assert.Equal((1_000u, 0u, 0u, 0u, 0u), (report.Packets, report.Lost, report.OutOfOrder, report.Duplicates, report.JitterMs));
    }

    [Fact]
    public void Holes_are_losses_and_pauses_are_not()
    {
        var report = new ReceiverReport();
        for (int i = 0; i < 1_000; i++)
            if (i % 50 != 25 && i is < 500 or >= 600) report.Arrived((uint)(i * 20), 5_000 + i * 20);
        Assert.Equal(18u, report.Lost);
        Assert.InRange(report.LossPercent, 0.5, 2.5);
    }

    [Fact]
    public void What_comes_late_was_not_lost()
    {
        var report = new ReceiverReport();
        for (int i = 0; i < 1_000; i++)
        {
            int number = i % 20 == 10 ? i + 1 : i % 20 == 11 ? i - 1 : i;
            report.Arrived((uint)(number * 20), 5_000 + i * 20);
            if (i % 100 == 99) report.Arrived((uint)(number * 20), 5_000 + i * 20);
        }
        Assert.Equal((0u, 50u, 10u), (report.Lost, report.OutOfOrder, report.Duplicates));
        Assert.True(report.JitterMs > 0);
    }

    [Fact]
    public void Longer_frames_are_no_losses()
    {
        var report = new ReceiverReport();
        uint stamp = 0;
        for (int i = 0; i < 300; i++) report.Arrived(stamp += i < 100 ? 20u : 60u, stamp);
        // Until the new length is known.
        Assert.InRange(report.Lost, 0u, 6u);
    }

    [Fact]
    public void Jitter_is_the_mean_deviation()
    {
        var report = new ReceiverReport();
        for (int i = 0; i < 2_000; i++) report.Arrived((uint)(i * 20), 5_000 + i * 20 + i % 2 * 10);
        Assert.InRange(report.JitterMs, 9u, 10u);
    }

    [Fact]
    public void A_buffer_tells_its_delay_and_what_it_dropped()
    {
        var report = new ReceiverReport();
        for (int i = 0; i < 10; i++) report.Arrived((uint)(i * 20), i * 20);
        Assert.Equal((40, 0u), Said(report, null));
        Assert.Equal((120, 7u), Said(report, new Buffer()));
    }

    private static (int DelayMs, uint Dropped) Said(ReceiverReport report, IVoiceBuffer? buffer)
    {
        var writer = new ElementWriter(new byte[64]);
        report.Write(ref writer, buffer);
        Assert.True(Elements.TryRead(writer.Written, out var elements));
        uint dropped = 0;
        var reader = new ElementReader(writer.Written);
        while (reader.MoveNext())
            if (reader.Id == ElementId.ReceivedDropped) dropped = System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(reader.Data);
        return (elements.ReceivedDelay!.Value, dropped);
    }

    private sealed class Buffer : IVoiceBuffer
    {
        public int DelayMs => 120;
        public long Dropped => 7;
        public long Lost => 3;
    }
}
