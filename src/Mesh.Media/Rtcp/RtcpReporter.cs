using Mesh.Io;
using Mesh.Media.Rtp;

namespace Mesh.Media.Rtcp;

/// <summary>
/// The RTCP of one port: a report about every 5 s (RFC 3550 section 6.2, between half and one and a half of that), and the far end's reports on us. Begins with the first
/// RTP packet received; belongs to the port's loop.
/// </summary>
internal sealed class RtcpReporter : IDeadlineOwner
{
    public const int IntervalMs = 5000;

    private readonly RtpPort port;
    private readonly IDatagramSocket socket;
    private readonly Deadline due;
    private readonly string cname;
    private readonly byte[] buffer = new byte[RtcpReport.MaxSize];
    private long sentBefore, expectedBefore, receivedBefore;
    private uint lastReport;
    private long lastReportMicros;
    private NetAddress heardFrom;

    public RtcpReporter(RtpPort port, IDatagramSocket socket)
    {
        (this.port, this.socket) = (port, socket);
        due = new Deadline(this);
        // A name of chance for one session (RFC 7022 section 4.2): nothing about the machine is told.
        cname = $"{port.Loop.Chance.NextUInt64():x16}";
        Arm();
    }

    public RemoteReception? Remote { get; private set; }

    public void Stop() => port.Loop.Deadlines.Disarm(due);

    /// <summary>Takes what came to the RTCP port; only from the host the audio comes from.</summary>
    public void Take(in Datagram datagram)
    {
        if (!datagram.From.SameHost(port.Remote) || !RtcpReport.TryRead(datagram.Payload, port.Ssrc, out var report)) { port.Counters.Discarded++; return; }
        heardFrom = datagram.From;
        if (report.Sender is { } sender) (lastReport, lastReportMicros) = (sender.MiddleOfNtp, datagram.ReceivedAtMicros);
        if (report.Block is { } block) Remote = Read(block);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (port.IsClosed || port.Session is not { } session) return;
        Arm();
        var to = heardFrom.IsNone ? session.Agreed.RemoteRtcp : heardFrom;
        if (to.IsNone || !session.MaySend) return;
        bool sending = port.Counters.PacketsSent > sentBefore;
        sentBefore = port.Counters.PacketsSent;
        int length = new RtcpReport(port.Ssrc, sending ? Sender() : null, Block(), cname).Write(buffer);
        socket.TrySend(buffer.AsSpan(0, length), to);
    }

    private void Arm() => port.Loop.Deadlines.Arm(due, IntervalMs / 2 + port.Loop.Chance.NextInt32(IntervalMs));

    private SenderInfo Sender() =>
        new(SenderInfo.NtpOf(port.Loop.Clock.UtcNow), port.Inlet.Now(), (uint)port.Counters.PacketsSent, (uint)port.Counters.OctetsSent);

    /// <summary>RFC 3550 appendix A.3.</summary>
    private ReportBlock? Block()
    {
        var reception = port.Reception;
        if (reception.HighestSequence < 0) return null;
        long expected = reception.Expected - expectedBefore, received = reception.Received - receivedBefore, lost = expected - received;
        (expectedBefore, receivedBefore) = (reception.Expected, reception.Received);
        byte fraction = expected <= 0 || lost <= 0 ? (byte)0 : (byte)Math.Min(255, lost * 256 / expected);
        uint delay = lastReport == 0 ? 0 : (uint)((port.Loop.Clock.NowMicros - lastReportMicros) * 65_536 / 1_000_000);
        return new ReportBlock(reception.Ssrc, fraction, (int)Math.Min(int.MaxValue, reception.Lost), (uint)reception.HighestSequence, (uint)reception.Jitter, lastReport, delay);
    }

    /// <summary>The round trip is now, less when we reported, less how long the far end waited (section 6.4.1).</summary>
    private RemoteReception Read(in ReportBlock block)
    {
        long? roundTrip = null;
        if (block.LastReport != 0)
        {
            uint now = (uint)(SenderInfo.NtpOf(port.Loop.Clock.UtcNow) >> 16);
            int units = unchecked((int)(now - block.LastReport - block.DelaySinceLastReport));
            if (units >= 0) roundTrip = (long)units * 1_000_000 / 65_536;
        }
        return new RemoteReception(block.FractionLost / 256.0, block.Lost, block.Jitter * 125L, roundTrip, port.Loop.Clock.NowMs);
    }
}
