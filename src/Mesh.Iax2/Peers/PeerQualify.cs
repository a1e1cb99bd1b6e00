using Mesh.Iax2.Calls;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>
/// Watches one peer with POKE and PONG (RFC 5456 section 6.7.1): up only while it answers us, so a path that carries one way only is down.
/// Holds one call number for good; probes are told apart by their time stamps. One loop's.
/// </summary>
internal sealed class PeerQualify : ICallNumberHolder, IDeadlineOwner
{
    private const int Remembered = 32;

    private readonly IaxEndpoint endpoint;
    private readonly Peer peer;
    private readonly QualifyOptions options;
    private readonly Deadline next;
    private readonly MediaClock clock;
    private readonly SentProbe[] sent = new SentProbe[Remembered];
    private readonly ushort number;
    private SlowestAnswer slowest;
    private int sentCount, judged;
    private long unansweredSinceMs = -1, lastCallMs = -1, sentLastMs;

    public PeerQualify(IaxEndpoint endpoint, Peer peer, NetAddress address, QualifyOptions options)
    {
        this.endpoint = endpoint;
        this.peer = peer;
        this.options = options;
        RemoteAddress = address;
        clock = new MediaClock(endpoint.Loop.Clock.NowMs);
        next = new Deadline(this);
        if (endpoint.Table.TryTake(this, NowMs, out number)) Probe();
    }

    public NetAddress RemoteAddress { get; }

    /// <summary>
    /// A peer far away is given three round trips, lest one lost datagram kill it; and one that was slow lately, because its machine has too much to do, half as much again as
    /// it took then. An answer that comes after the death was declared counts too, so a peer is not declared dead for the same delay twice.
    /// </summary>
    private int LimitMs => Math.Max(lastCallMs >= 0 ? options.DeadAfterWithCallMs : options.DeadAfterMs, Math.Max(3 * peer.RoundTripMs, slowest.Ms * 3 / 2));

    private long NowMs => endpoint.Loop.Clock.NowMs;

    public void Stop()
    {
        endpoint.Loop.Deadlines.Disarm(next);
        if (number != 0) endpoint.Table.GiveBack(number, NowMs);
    }

    public void OnDeadline(Deadline deadline)
    {
        // While this loop itself was held up no answer could be read: that time says nothing about the peer.
        if (unansweredSinceMs >= 0) unansweredSinceMs += Math.Max(0, NowMs - deadline.DueMs - 1);
        if (unansweredSinceMs >= 0 && NowMs - unansweredSinceMs >= LimitMs)
        {
            lastCallMs = -1;
            endpoint.SetState(peer, PeerState.Dead);
        }
        Probe();
    }

    /// <summary>A call was placed and waits for a first word: whether the peer is alive is to be known soon, whatever it was a moment ago.</summary>
    public void Expect()
    {
        if (options.DeadAfterWithCallMs >= options.DeadAfterMs) return;
        lastCallMs = NowMs;
        if (unansweredSinceMs >= 0) return;
        unansweredSinceMs = NowMs;
        // Not oftener than while one is unanswered: many calls a second would be as many probes.
        if (NowMs - sentLastMs >= options.RetryMs) Probe(); else endpoint.Loop.Deadlines.Arm(next, options.RetryMs);
    }

    public void OnFullFrame(in FullFrame frame, in Datagram datagram)
    {
        if (frame.Command != IaxCommand.Pong) return;
        Acknowledge(frame);
        for (int i = 0; i < Remembered; i++)
        {
            if (sent[i].SentMs == 0 || sent[i].Timestamp != frame.Timestamp) continue;
            Settle(i);
            Answered(sent[i].SentMs);
            return;
        }
    }

    private void Probe()
    {
        uint timestamp = clock.Stamp(NowMs);
        sentLastMs = NowMs;
        int place = sentCount++ % Remembered;
        if (sent[place] is { SentMs: > 0, IsSettled: false }) Count(lost: true);
        sent[place] = new SentProbe(timestamp, Math.Max(1, NowMs), false);
        bool isFirst = unansweredSinceMs < 0;
        if (isFirst) unansweredSinceMs = NowMs;
        Span<byte> bytes = stackalloc byte[FullFrame.HeaderLength + 2];
        int length = new FullFrame
        {
            SourceCall = number, Timestamp = timestamp, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Poke,
            Payload = peer.Options.CallToken == CallTokenPolicy.Required ? [(byte)ElementId.CallToken, 0] : [],
        }.Write(bytes);
        endpoint.Transmit(bytes[..length], RemoteAddress);
        // Wait for the answer first; a prompt one moves the next probe out.
        long wait = peer.State == PeerState.Dead ? options.DeadRetryMs : isFirst ? Math.Clamp(peer.RoundTripMs * 3 / 2, options.RetryMs, 2 * options.RetryMs) : options.RetryMs;
        if (peer.State != PeerState.Dead) wait = Math.Clamp(unansweredSinceMs + LimitMs - NowMs, 1, wait);
        endpoint.Loop.Deadlines.Arm(next, wait);
    }

    private void Answered(long sentMs)
    {
        int roundTripMs = (int)(NowMs - sentMs);
        // An answer to a probe sent before the call was placed says nothing of the time since.
        bool callWaits = lastCallMs > sentMs;
        unansweredSinceMs = callWaits ? Math.Max(unansweredSinceMs, sentMs) : -1;
        if (!callWaits) lastCallMs = -1;
        slowest.Add(roundTripMs, NowMs);
        peer.RoundTripMs = peer.RoundTripMs < 0 ? roundTripMs : (peer.RoundTripMs * 7 + roundTripMs + 4) / 8;
        endpoint.SetState(peer, roundTripMs > options.LaggedMs ? PeerState.Lagged : PeerState.Alive);
        endpoint.Loop.Deadlines.Arm(next, callWaits ? options.RetryMs : options.IntervalMs);
    }

    /// <summary>One is answered: those before it that are not have been lost, for answers keep their order as good as always.</summary>
    private void Settle(int answered)
    {
        for (int i = 0; i < Remembered; i++)
        {
            if (sent[i].SentMs == 0 || sent[i].IsSettled || (i != answered && sent[i].SentMs >= sent[answered].SentMs)) continue;
            sent[i] = sent[i] with { IsSettled = true };
            Count(lost: i != answered);
        }
    }

    // Each of the last hundred probes weighs about a hundredth; the first few stand for all.
    private void Count(bool lost)
    {
        judged++;
        double before = Math.Max(0, peer.LossPercent);
        peer.LossPercent = before + ((lost ? 100 : 0) - before) / Math.Min(judged, 100);
    }

    private void Acknowledge(in FullFrame pong)
    {
        Span<byte> bytes = stackalloc byte[FullFrame.HeaderLength];
        new FullFrame
        {
            SourceCall = number, DestinationCall = pong.SourceCall, Timestamp = pong.Timestamp, OutSequence = pong.InSequence, InSequence = (byte)(pong.OutSequence + 1),
            Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Ack,
        }.Write(bytes);
        endpoint.Transmit(bytes, RemoteAddress);
    }

    private readonly record struct SentProbe(uint Timestamp, long SentMs, bool IsSettled);
}
