using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>
/// Takes registrations (RFC 5456 section 6.1), and keeps nothing of one until it is authenticated: the challenge is a keyed hash of where the request came from, made
/// anew when the answer comes, and every reply leaves from call number 1. A lost reply is made again when the client repeats its request.
/// An unknown name is challenged like a known one. The positive answer goes out only after the host's store has the binding.
/// </summary>
internal sealed class RegistrationServer(IaxEndpoint endpoint, IRegistrationSink? sink) : IDeadlineOwner
{
    private readonly HashSet<(NetAddress, ushort)> waiting = [];
    private readonly Dictionary<Deadline, Peer> expiries = [];

    /// <summary>REGREQ or REGREL: the first of an exchange has no destination, the answered one is addressed to number 1.</summary>
    public void OnRequest(in FullFrame frame, Elements elements, NetAddress from)
    {
        endpoint.Peers.TryGetByUsername(elements.Username, out var peer);
        if (peer is { Options.Address: not null }) peer = null;
        if (sink is null) peer = null;
        bool isAnswer = elements.Md5Result is not null || elements.RsaResult is not null || elements.Password is not null;
        // Only an answer to a challenge sent there proves the address too.
        bool provesItself = frame.DestinationCall != 0 && isAnswer && peer is not { Options.IsOpen: true };
        if (!provesItself && !IsProven(frame, elements, from, peer, out bool answered))
        {
            if (!answered) Refuse(frame, from, DropReason.RegistrationRefused);
            return;
        }
        if (peer is { Options.IsOpen: true }) Grant(frame, elements, from, peer);
        else if (!isAnswer) SendChallenge(frame, elements, from, peer);
        else if (peer is not null && IsAuthentic(frame, elements, from, peer)) Grant(frame, elements, from, peer);
        else Refuse(frame, from, peer is null ? DropReason.UnknownUser : DropReason.AuthenticationFailed);
    }

    /// <summary>Takes up a binding from the store after a restart; false when the peer does not register here or it has expired.</summary>
    public bool Restore(RegistrationBinding binding)
    {
        long leftMs = (long)(binding.ExpiresUtc - endpoint.Loop.Clock.UtcNow).TotalMilliseconds;
        if (!endpoint.Peers.TryGet(binding.PeerName, out var peer) || peer.Options.Address is not null || leftMs <= 0) return false;
        Bind(peer, binding, leftMs);
        return true;
    }

    public void Forget(Peer peer)
    {
        foreach (var (deadline, of) in expiries)
            if (of == peer) { endpoint.Loop.Deadlines.Disarm(deadline); expiries.Remove(deadline); break; }
        peer.Binding = null;
        endpoint.Qualify(peer);
    }

    void IDeadlineOwner.OnDeadline(Deadline deadline)
    {
        if (!expiries.TryGetValue(deadline, out var peer)) return;
        Forget(peer);
        sink!.Remove(peer.Name, static _ => { });
    }

    /// <summary>The token rules of a first request. <paramref name="answered"/>: a token was sent, or nothing should be.</summary>
    private bool IsProven(in FullFrame frame, Elements elements, NetAddress from, Peer? peer, out bool answered)
    {
        answered = false;
        if (elements.CallToken is { Length: 0 })
        {
            endpoint.SendToken(frame, from);
            answered = true;
            return false;
        }
        if (elements.CallToken is { } token)
        {
            if (endpoint.Tokens.Verify(from, token)) return true;
            endpoint.Counters.Drop(DropReason.TokenInvalid);
            return false;
        }
        // A name nobody knows goes the same way as one that may come without a token.
        if (peer is { Options.CallToken: CallTokenPolicy.Optional } || (peer is null && endpoint.Peers.AnyRegistersWithoutToken)) return true;
        endpoint.Counters.Drop(DropReason.TokenMissing);
        return false;
    }

    private bool IsAuthentic(in FullFrame frame, Elements elements, NetAddress from, Peer peer)
    {
        bool now = Authentication.VerifyRegistration(peer.Options, endpoint.Tokens.Challenge(from, frame.SourceCall, peer.TheirUsername, 0), elements);
        return now | Authentication.VerifyRegistration(peer.Options, endpoint.Tokens.Challenge(from, frame.SourceCall, peer.TheirUsername, 1), elements);
    }

    private void SendChallenge(in FullFrame frame, Elements elements, NetAddress from, Peer? peer)
    {
        Span<byte> buffer = stackalloc byte[300];
        var reply = new ElementWriter(buffer);
        reply.AddUInt16(ElementId.AuthMethods, (ushort)(peer?.Options ?? endpoint.LookOf(elements.Username ?? "")).Methods);
        reply.Add(ElementId.Challenge, endpoint.Tokens.Challenge(from, frame.SourceCall, elements.Username ?? "", 0));
        reply.AddText(ElementId.Username, elements.Username ?? "");
        // A device that knows no tokens is asked where it registered from before; elsewhere only so often.
        bool isProven = elements.CallToken is { Length: > 0 } || peer?.Binding?.Address == from;
        if (!isProven && reply.Length > frame.Payload.Length && !endpoint.MayChallengeUnproven()) return;
        endpoint.Reply(frame, from, IaxCommand.RegAuth, reply.Written);
    }

    private void Refuse(in FullFrame frame, NetAddress from, DropReason reason)
    {
        endpoint.Counters.Drop(reason);
        Span<byte> buffer = stackalloc byte[32];
        var reply = new ElementWriter(buffer);
        reply.AddText(ElementId.Cause, "Registration Refused");
        reply.AddUInt8(ElementId.CauseCode, (byte)CauseCode.FacilityRejected);
        // One that proved nothing gets no words, nor more of them than it said.
        bool isWorthWords = frame.DestinationCall != 0 && frame.Payload.Length >= reply.Length;
        endpoint.Reply(frame, from, IaxCommand.RegRej, isWorthWords ? reply.Written : []);
    }

    private void Grant(in FullFrame frame, Elements elements, NetAddress from, Peer peer)
    {
        if (waiting.Contains((from, frame.SourceCall))) { endpoint.Counters.Drop(DropReason.Duplicate); return; }
        if (waiting.Count >= endpoint.Options.MaxRegistrationsWaiting) { endpoint.Counters.Drop(DropReason.TooManyRegistrations); return; }
        waiting.Add((from, frame.SourceCall));
        var request = new RegistrationRequest(frame.SourceCall, frame.DestinationCall, frame.Timestamp, frame.OutSequence, frame.InSequence, from);
        if (frame.Command == IaxCommand.RegRel) { sink!.Remove(peer.Name, stored => Finish(request, peer, null, stored)); return; }

        int seconds = Math.Clamp(elements.Refresh ?? 0, endpoint.Options.MinRefreshSeconds, endpoint.Options.MaxRefreshSeconds);
        var binding = new RegistrationBinding(peer.Name, from, seconds, endpoint.Loop.Clock.UtcNow.AddSeconds(seconds + Grace));
        sink!.Store(binding, stored => Finish(request, peer, binding, stored));
    }

    /// <summary>Seconds a binding outlives what was granted: the refresh may be late by a retransmission or two.</summary>
    private const int Grace = 10;

    private void Finish(RegistrationRequest request, Peer peer, RegistrationBinding? binding, bool isStored)
    {
        if (endpoint.Loop.IsCurrent) Answer();
        else endpoint.Loop.Post(_ => Answer());

        void Answer()
        {
            waiting.Remove((request.From, request.SourceCall));
            // Not on disk, not acknowledged: the client asks again.
            if (!isStored) { endpoint.Counters.Drop(DropReason.RegistrationRefused); return; }
            if (binding is null) Forget(peer);
            else Bind(peer, binding, (binding.RefreshSeconds + Grace) * 1000L);
            endpoint.Counters.RegistrationsGranted++;
            SendAcknowledgement(request, peer, binding);
        }
    }

    private void Bind(Peer peer, RegistrationBinding binding, long leftMs)
    {
        bool moved = peer.Binding?.Address != binding.Address;
        peer.Binding = binding;
        var expiry = expiries.FirstOrDefault(pair => pair.Value == peer).Key ?? new Deadline(this);
        expiries[expiry] = peer;
        endpoint.Loop.Deadlines.Arm(expiry, leftMs);
        if (moved) endpoint.Qualify(peer);
    }

    private void SendAcknowledgement(RegistrationRequest request, Peer peer, RegistrationBinding? binding)
    {
        Span<byte> buffer = stackalloc byte[400];
        var reply = new ElementWriter(buffer);
        reply.AddText(ElementId.Username, peer.TheirUsername);
        reply.AddUInt32(ElementId.DateTime, IaxDateTime.Encode(endpoint.Loop.Clock.UtcNow));
        if (binding is not null)
        {
            reply.AddUInt16(ElementId.Refresh, (ushort)binding.RefreshSeconds);
            Span<byte> address = stackalloc byte[ApparentAddress.IPv6Length];
            reply.Add(ElementId.ApparentAddress, address[..ApparentAddress.Write(address, request.From)]);
            if (peer.MessageCount is { } count) reply.AddUInt16(ElementId.MessageCount, count);
        }
        endpoint.Reply(request.AsFrame(), request.From, IaxCommand.RegAck, reply.Written);
    }
}
