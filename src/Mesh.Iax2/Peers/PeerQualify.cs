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
    private const int Remembered = 16;

    private readonly IaxEndpoint endpoint;
    private readonly Peer peer;
    private readonly QualifyOptions options;
    private readonly Deadline next;
    private readonly MediaClock clock;
    private readonly (uint Timestamp, long SentMs)[] sent = new (uint, long)[Remembered];
    private readonly ushort number;
    private int sentCount;
    private long unansweredSinceMs = -1;

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
        if (unansweredSinceMs >= 0 && NowMs - unansweredSinceMs >= options.DeadAfterMs) endpoint.SetState(peer, PeerState.Dead);
        Probe();
    }

    public void OnFullFrame(in FullFrame frame, in Datagram datagram)
    {
        if (frame.Command != IaxCommand.Pong) return;
        Acknowledge(frame);
        foreach (var (timestamp, sentMs) in sent)
            if (timestamp == frame.Timestamp && sentMs > 0) { Answered((int)(NowMs - sentMs)); return; }
    }

    private void Probe()
    {
        uint timestamp = clock.Stamp(NowMs);
        sent[sentCount++ % Remembered] = (timestamp, Math.Max(1, NowMs));
        if (unansweredSinceMs < 0) unansweredSinceMs = NowMs;
        Span<byte> bytes = stackalloc byte[FullFrame.HeaderLength + 2];
        int length = new FullFrame
        {
            SourceCall = number, Timestamp = timestamp, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Poke,
            Payload = peer.Options.CallToken == CallTokenPolicy.Required ? [(byte)ElementId.CallToken, 0] : [],
        }.Write(bytes);
        endpoint.Transmit(bytes[..length], RemoteAddress);
        // Wait for the answer first; a prompt one moves the next probe out.
        endpoint.Loop.Deadlines.Arm(next, options.RetryMs);
    }

    private void Answered(int roundTripMs)
    {
        unansweredSinceMs = -1;
        peer.RoundTripMs = peer.RoundTripMs < 0 ? roundTripMs : (peer.RoundTripMs * 7 + roundTripMs + 4) / 8;
        endpoint.SetState(peer, roundTripMs > options.LaggedMs ? PeerState.Lagged : PeerState.Alive);
        endpoint.Loop.Deadlines.Arm(next, options.IntervalMs);
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
}
