using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>Decides about NEW: nothing is kept for an address that proved nothing, except a few challenged calls of peers that know no tokens, from where those peers are.</summary>
internal sealed class Admission(IaxEndpoint endpoint)
{
    private const int ChallengeLength = 16;

    private readonly Dictionary<NetAddress, int> unanswered = [];
    private int calls, waiting;

    /// <summary>Calls there are, both directions.</summary>
    public int Calls => calls;

    public void OnNew(in FullFrame frame, in Datagram datagram)
    {
        // The same stamp is the same NEW again; another one is a caller that forgot the old call.
        var known = endpoint.Table.Find(datagram.From, frame.SourceCall);
        if (known is IncomingIaxCall { HasMoved: false } before && before.NewTimestamp == frame.Timestamp) { before.Receive(frame, datagram); return; }
        if (!ElementReader.IsWellFormed(frame.Payload)) { endpoint.Counters.Drop(DropReason.Undecodable); return; }
        // The token first, and alone: what anybody may send us costs no memory.
        bool isProven = ElementReader.TryFind(frame.Payload, ElementId.CallToken, out var token);
        if (ElementReader.TryFind(frame.Payload, ElementId.Version, out var version) && version is [var high, var low] && (high << 8 | low) > NewElements.ProtocolVersion)
        {
            Refuse(frame, datagram.From, DropReason.VersionUnknown);
            return;
        }
        if (isProven && token.IsEmpty) { endpoint.SendToken(frame, datagram.From); return; }
        if (isProven && !endpoint.Tokens.Verify(datagram.From, token)) { OnInvalidToken(frame, datagram.From); return; }
        if (!isProven && !endpoint.Peers.AnyWithoutToken) { Refuse(frame, datagram.From, DropReason.TokenMissing); return; }

        Elements.TryRead(frame.Payload, out var elements);
        endpoint.Peers.TryGetCaller(elements.Username, out var peer);
        if (!isProven && !(peer is { Options.CallToken: CallTokenPolicy.Optional } && peer.IsAt(datagram.From)))
        {
            Refuse(frame, datagram.From, DropReason.TokenMissing);
            return;
        }
        // Anybody could end a call so whose peer needs no token.
        if (!isProven && known is not (null or IncomingIaxCall { IsAuthenticated: false })) { Refuse(frame, datagram.From, DropReason.NumberTaken); return; }
        known?.Abandon();
        Admit(frame, elements, peer, isProven, datagram);
    }

    /// <summary>The caller answered its challenge: from now on it counts for its peer. False when that peer has enough.</summary>
    public bool TryAuthenticate(IncomingIaxCall call)
    {
        if (call.Peer!.OpenCalls >= call.Peer.Options.MaxCalls) { endpoint.Counters.Drop(DropReason.TooManyFromPeer); return false; }
        Uncount(call);
        call.Peer.OpenCalls++;
        return true;
    }

    public bool TryCountOutgoing(Peer peer)
    {
        if (calls >= endpoint.Options.MaxCalls) { endpoint.Counters.Drop(DropReason.TooManyCalls); return false; }
        calls++;
        peer.OpenCalls++;
        return true;
    }

    /// <summary>A call goes on with another peer: it was let in already, so no limit is asked.</summary>
    public static void OnMoved(Peer from, Peer to)
    {
        from.OpenCalls--;
        to.OpenCalls++;
    }

    public void OnGone(IaxCall call)
    {
        calls--;
        if (call is IncomingIaxCall { IsAuthenticated: false } unproven) Uncount(unproven);
        else if (call.Peer is { } peer) peer.OpenCalls--;
    }

    /// <summary>A site of ours may have kept its token too long, or we have just started: it gets another.</summary>
    private void OnInvalidToken(in FullFrame frame, NetAddress from)
    {
        if (endpoint.Peers.SiteAt(from) is null) { Refuse(frame, from, DropReason.TokenInvalid); return; }
        endpoint.Counters.Drop(DropReason.TokenInvalid);
        endpoint.SendToken(frame, from);
    }

    private void Admit(in FullFrame frame, Elements elements, Peer? peer, bool isProven, in Datagram datagram)
    {
        var host = datagram.From.WithPort(0);
        if (calls >= endpoint.Options.MaxCalls) { Refuse(frame, datagram.From, DropReason.TooManyCalls); return; }
        if (waiting >= endpoint.Options.MaxUnanswered) { Refuse(frame, datagram.From, DropReason.TooManyUnanswered); return; }
        if (unanswered.GetValueOrDefault(host) >= endpoint.Options.MaxUnansweredPerSource) { Refuse(frame, datagram.From, DropReason.TooManyFromSource); return; }
        if (!isProven && peer!.UnprovenCalls >= peer.Options.MaxUnproven) { Refuse(frame, datagram.From, DropReason.TooManyUnproven); return; }

        var call = new IncomingIaxCall(endpoint, datagram.From, frame.SourceCall, frame.Timestamp, peer, elements, isProven, MakeChallenge());
        if (!call.TryTakeNumber()) { Refuse(frame, datagram.From, DropReason.CallNumbersExhausted); return; }
        endpoint.Table.TryBind(call);
        calls++;
        unanswered[host] = unanswered.GetValueOrDefault(host) + 1;
        waiting++;
        if (!isProven) peer!.UnprovenCalls++;
        // Whatever becomes of this frame, the call does not wait for ever.
        call.AwaitProof();
        call.Receive(frame, datagram);
    }

    private void Uncount(IncomingIaxCall call)
    {
        waiting--;
        var host = call.RemoteAddress.WithPort(0);
        if (unanswered[host] == 1) unanswered.Remove(host);
        else unanswered[host]--;
        if (!call.IsProven) call.Peer!.UnprovenCalls--;
    }

    private byte[] MakeChallenge()
    {
        Span<byte> bits = stackalloc byte[ChallengeLength * 3 / 4];
        endpoint.Loop.Chance.Fill(bits);
        return System.Text.Encoding.ASCII.GetBytes(System.Buffers.Text.Base64Url.EncodeToString(bits));
    }

    private void Refuse(in FullFrame frame, NetAddress from, DropReason reason)
    {
        endpoint.Counters.Drop(reason);
        endpoint.Reply(frame, from, IaxCommand.Reject, []);
    }
}
