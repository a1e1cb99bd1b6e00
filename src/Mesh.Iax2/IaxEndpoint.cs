using System.Diagnostics.CodeAnalysis;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2;

/// <summary>
/// IAX2 on one UDP socket (RFC 5456): calls in both directions, registrations in both roles, probes. Made before its loop starts or on it, and used on it alone,
/// but for <see cref="IaxCall.SendVoice"/>.
/// </summary>
public sealed class IaxEndpoint : IDatagramReceiver, IDisposable
{
    public const int DefaultPort = 4569;

    private readonly SealedSocket socket;
    private readonly Admission admission;
    private readonly RegistrationServer registrations;
    private readonly Dictionary<Peer, PeerQualify> probes = [];
    private long invalSecond, challengeSecond;
    private int invalsThisSecond, challengesThisSecond;

    /// <exception cref="System.Net.Sockets.SocketException">The address cannot be bound.</exception>
    public IaxEndpoint(Loop loop, NetAddress local, IIaxCore core, IaxEndpointOptions? options = null, IRegistrationSink? registrationSink = null)
    {
        Loop = loop;
        Core = core;
        Options = options ?? new IaxEndpointOptions();
        Table = new CallTable(loop.Chance, Options.QuarantineMs);
        Tokens = new CallTokens(loop.Chance, loop.Clock, Options.TokenSlotMs);
        admission = new Admission(this);
        registrations = new RegistrationServer(this, registrationSink);
        var wire = loop.Bind(local, this, DatagramSocketOptions.Media with { ReceiveBufferBytes = 4 << 20, SendBufferBytes = 1 << 20 });
        if (Options.Tap is { } tap) wire = new TappedSocket(wire, this, tap);
        if (Options.Impairments is { } impairments) wire = new ImpairedSocket(loop, wire, this, impairments);
        socket = new SealedSocket(wire, this, Counters);
    }

    public Loop Loop { get; }

    public NetAddress Local => socket.Local;

    public IaxEndpointOptions Options { get; }

    public IaxCounters Counters { get; } = new();

    public PeerDirectory Peers { get; } = new();

    /// <summary>Calls there are, both directions, those lingering after their end included.</summary>
    public int CallCount => admission.Calls;

    /// <summary>Call numbers in use: calls, exchanges of registrations, and one for each peer probed.</summary>
    public int NumbersInUse => Table.Numbers.InUse;

    /// <summary>Call numbers given back and not free again yet.</summary>
    public int NumbersResting => Table.Numbers.Resting;

    /// <summary>Every call as it is now.</summary>
    public IReadOnlyList<IaxCall> Calls => Table.Snapshot();

    internal IIaxCore Core { get; }

    /// <summary>Where frames go out and come in; sealed where a peer's path is.</summary>
    internal SealedSocket Wire => socket;

    internal CallTable Table { get; }

    internal CallTokens Tokens { get; }

    internal PeerOptions LookOf(string username) => Peers.LookOf(username, Tokens);

    /// <summary>Adds a peer and begins to probe it. Throws <see cref="ArgumentException"/> for a name already taken, or options that would let anybody in.</summary>
    public Peer AddPeer(PeerOptions options)
    {
        var peer = Peers.Add(options);
        if (options is { Seal: { } seal, Address: { } address }) socket.Add(address, new SealAssociation(this, socket.Wire, peer, address, seal));
        Qualify(peer);
        return peer;
    }

    /// <summary>Forgets a peer; its calls go on.</summary>
    public bool RemovePeer(string name)
    {
        if (!Peers.Remove(name, out var peer)) return false;
        registrations.Forget(peer);
        if (probes.Remove(peer, out var probe)) probe.Stop();
        peer.Lay(this, null);
        if (peer.Options is { Seal: not null, Address: { } address }) socket.Remove(address);
        return true;
    }

    /// <summary>Takes up a binding the store kept over a restart.</summary>
    public bool Restore(RegistrationBinding binding) => registrations.Restore(binding);

    /// <summary>Registers at another server, once <see cref="RegistrationClient.Start"/> is called.</summary>
    public RegistrationClient AddRegistration(RegistrationClientOptions options) => new(this, options);

    /// <summary>Places a call. False, with the cause, when it cannot be: the peer is dead or nobody knows where it is, or a limit is reached; nothing was sent then.</summary>
    public bool TryPlace(string peerName, NewCallOptions options, IIaxCallHandler handler, [NotNullWhen(true)] out OutgoingIaxCall? call, out CauseCode refusal)
    {
        if (Peers.TryGet(peerName, out var peer)) return TryPlace(peer, options, handler, out call, out refusal);
        (call, refusal) = (null, CauseCode.NoRouteToDestination);
        return false;
    }

    /// <inheritdoc cref="TryPlace(string, NewCallOptions, IIaxCallHandler, out OutgoingIaxCall?, out CauseCode)"/>
    public bool TryPlace(Peer peer, NewCallOptions options, IIaxCallHandler handler, [NotNullWhen(true)] out OutgoingIaxCall? call, out CauseCode refusal)
    {
        (call, refusal) = (null, CauseCode.DestinationOutOfOrder);
        if (peer.State == PeerState.Dead) return false;
        refusal = CauseCode.SubscriberAbsent;
        if (peer.Address is not { } address) return false;
        refusal = CauseCode.TemporaryFailure;
        var formats = options.Formats.Count > 0 ? options.Formats : peer.Options.Formats;
        Span<byte> buffer = stackalloc byte[OutgoingIaxCall.MaxNewElements];
        if (!NewElements.TryWrite(peer, options, formats, Loop.Clock.UtcNow, buffer, out int length)) { Counters.Drop(DropReason.NewTooLarge); return false; }
        refusal = CauseCode.SwitchCongestion;
        var offered = formats.Aggregate(VoiceFormat.None, (all, one) => all | one);
        var placed = new OutgoingIaxCall(this, peer, options, buffer[..length].ToArray(), offered, address) { Handler = handler };
        if (!admission.TryCountOutgoing(peer)) return false;
        if (!placed.TryTakeNumber())
        {
            admission.OnGone(placed);
            Counters.Drop(DropReason.CallNumbersExhausted);
            return false;
        }
        Counters.CallsPlaced++;
        placed.Start();
        if (probes.TryGetValue(peer, out var probe)) probe.Expect();
        (call, refusal) = (placed, CauseCode.None);
        return true;
    }

    /// <summary>
    /// Leaves the middle between two calls with sites of ours, so that those two talk directly (RFC 5456 section 6.5). False when that cannot be. <paramref name="done"/> is told on the
    /// loop: true, both calls are gone from here without an <see cref="IIaxCallHandler.OnHangup"/>; false, they go on as before, or one of them is over and says so itself.
    /// </summary>
    public bool TryLeave(IaxCall first, IaxCall second, Action<bool> done) => Transfers.TransferBridge.TryStart(this, first, second, done);

    void IDatagramReceiver.OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        var payload = datagram.Payload;
        switch (Demultiplexer.Classify(payload))
        {
            case DatagramKind.Mini: OnMini(datagram); break;
            case DatagramKind.Trunk: OnTrunk(datagram); break;
            case DatagramKind.Full: OnFull(datagram); break;
            case DatagramKind.MiniVideo: Counters.Drop(DropReason.Unwanted); break;
            case DatagramKind.UnknownMeta: Counters.Drop(DropReason.UnknownMeta); break;
            default: Counters.Drop(DropReason.TooShort); break;
        }
    }

    public void Dispose()
    {
        foreach (var probe in probes.Values) probe.Stop();
        probes.Clear();
        socket.Dispose();
    }

    internal void Transmit(ReadOnlySpan<byte> frame, NetAddress to) => Transmit(frame, to, frame);

    /// <param name="clear">The same frame before it was encrypted.</param>
    internal void Transmit(ReadOnlySpan<byte> frame, NetAddress to, ReadOnlySpan<byte> clear)
    {
        Counters.FullSent++;
        long at = Options.FullFrames is null ? 0 : Loop.Clock.NowMicros;
        if (socket.TrySend(frame, to)) Options.FullFrames?.OnSent(clear, to, at);
    }

    /// <summary>A full frame in clear, before anybody handles it.</summary>
    internal void Show(in Datagram datagram) => Options.FullFrames?.OnReceived(datagram.Payload, datagram.From);

    internal bool TransmitMini(ReadOnlySpan<byte> frame, NetAddress to)
    {
        Counters.MinisSent++;
        return socket.TrySend(frame, to);
    }

    internal bool TransmitTrunk(ReadOnlySpan<byte> frame, NetAddress to)
    {
        Interlocked.Increment(ref Counters.TrunksSent);
        return socket.TrySend(frame, to);
    }

    /// <summary>Answers a frame without keeping anything, from call number 1.</summary>
    internal void Reply(in FullFrame to, NetAddress address, IaxCommand command, ReadOnlySpan<byte> elements)
    {
        Span<byte> bytes = stackalloc byte[FullFrame.HeaderLength + elements.Length];
        new FullFrame
        {
            SourceCall = CallNumbers.Stateless, DestinationCall = to.SourceCall, Timestamp = to.Timestamp,
            OutSequence = to.InSequence, InSequence = (byte)(to.OutSequence + 1), Type = FrameType.Iax, SubclassOctet = (byte)command, Payload = elements,
        }.Write(bytes);
        Transmit(bytes, address);
    }

    /// <summary>Demands a token that makes the demand no larger than the request was; none when that is too little to be a proof.</summary>
    internal void SendToken(in FullFrame request, NetAddress from)
    {
        int length = Math.Min(CallTokens.TokenLength, request.Payload.Length - 2);
        if (length < CallTokens.ShortestToken) { Counters.Drop(DropReason.TokenWouldAmplify); return; }
        Span<byte> elements = stackalloc byte[2 + length];
        elements[0] = (byte)ElementId.CallToken;
        elements[1] = (byte)length;
        Tokens.Write(from, elements[2..]);
        Counters.TokensSent++;
        Reply(request, from, IaxCommand.CallToken, elements);
    }

    /// <summary>Tells a peer that there is no such call, not too often.</summary>
    internal void SendInval(in FullFrame frame, NetAddress to)
    {
        long second = Loop.Clock.NowMs / 1000;
        if (second != invalSecond) (invalSecond, invalsThisSecond) = (second, 0);
        if (invalsThisSecond++ >= Options.MaxInvalPerSecond) { Counters.Drop(DropReason.InvalLimited); return; }
        Span<byte> bytes = stackalloc byte[FullFrame.HeaderLength];
        new FullFrame { SourceCall = frame.DestinationCall, DestinationCall = frame.SourceCall, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.Inval }.Write(bytes);
        Counters.InvalsSent++;
        Transmit(bytes, to);
    }

    /// <summary>Whether one more challenge may go where nothing proves the address although it is larger than what came from there.</summary>
    internal bool MayChallengeUnproven()
    {
        long second = Loop.Clock.NowMs / 1000;
        if (second != challengeSecond) (challengeSecond, challengesThisSecond) = (second, 0);
        if (challengesThisSecond++ < Options.MaxUnprovenChallengesPerSecond) return true;
        Counters.Drop(DropReason.ChallengeLimited);
        return false;
    }

    internal bool TryAdmit(IncomingIaxCall call) => admission.TryAuthenticate(call);

    internal void Offer(IncomingIaxCall call)
    {
        Counters.CallsReceived++;
        // A core that fails must not leave a call that nobody ends; the loop counts the fault.
        try { Core.OnCall(call); }
        catch { call.Hangup(CauseCode.TemporaryFailure); throw; }
        if (call.Handler is null && !call.IsOver) call.Hangup(CauseCode.CallRejected);
    }

    internal void OnCallGone(IaxCall call) => admission.OnGone(call);

    /// <summary>Begins to probe a peer where it is now, or stops.</summary>
    internal void Qualify(Peer peer)
    {
        if (probes.Remove(peer, out var old)) old.Stop();
        SetState(peer, PeerState.Unknown);
        peer.Lay(this, peer.Address);
        if (peer is { Options.Qualify: { } options, Address: { } address }) probes.Add(peer, new PeerQualify(this, peer, address, options));
    }

    internal void SetSeal(Peer peer, SealState state)
    {
        if (peer.Seal == state) return;
        var before = peer.Seal;
        peer.Seal = state;
        Core.OnSealState(peer, before);
    }

    internal void SetState(Peer peer, PeerState state)
    {
        if (peer.State == state) return;
        var before = peer.State;
        peer.State = state;
        Core.OnPeerState(peer, before);
    }

    private void OnMini(in Datagram datagram)
    {
        Counters.MinisReceived++;
        if (!MiniFrame.TryRead(datagram.Payload, out var mini)) { Counters.Drop(DropReason.TooShort); return; }
        if (Table.Find(datagram.From, mini.SourceCall) is { } call) call.OnMini(datagram);
        else Counters.Drop(DropReason.UnknownMini);
    }

    private void OnTrunk(in Datagram datagram)
    {
        Counters.TrunksReceived++;
        if (!TrunkFrame.TryRead(datagram.Payload, out var trunk)) return;
        while (trunk.MoveNext())
        {
            if (Table.Find(datagram.From, trunk.Current.SourceCall) is { } call) call.OnTrunked(trunk.Current, trunk.Timestamp, datagram);
            else Counters.Drop(DropReason.UnknownMini);
        }
        if (trunk.IsTruncated) Counters.Drop(DropReason.TrunkTruncated);
    }

    private void OnFull(in Datagram datagram)
    {
        Counters.FullReceived++;
        if (!FullFrame.TryRead(datagram.Payload, out var frame)) return;
        // What is encrypted is shown by its call, once it is opened.
        if (Options.FullFrames is not null && Table.Find(frame.DestinationCall) is not EncryptedDialog { IsEncrypted: true }) Show(datagram);
        switch (frame.DestinationCall)
        {
            case 0: OnFirst(frame, datagram); break;
            case CallNumbers.Stateless: OnStateless(frame, datagram); break;
            default:
                var holder = Table.Find(frame.DestinationCall);
                if (holder is not null && holder.RemoteAddress == datagram.From) { holder.OnFullFrame(frame, datagram); break; }
                if (holder is IaxCall { Transfer: { } transfer } && transfer.TryTake(frame, datagram)) break;
                if (holder is not null) Counters.Drop(DropReason.WrongAddress);
                OnUnknown(frame, datagram.From);
                break;
        }
    }

    private void OnFirst(in FullFrame frame, in Datagram datagram)
    {
        switch (frame.Command)
        {
            case IaxCommand.New when frame.SourceCall != 0: admission.OnNew(frame, datagram); break;
            case IaxCommand.RegReq or IaxCommand.RegRel when frame.SourceCall != 0: OnRegistration(frame, datagram.From); break;
            // Firmware and provisioning are for one maker's devices; who asks is told so, if that takes no more octets than the question.
            case IaxCommand.FwDownl or IaxCommand.Provision when frame.SourceCall != 0 && frame.Payload.Length >= 3:
                Counters.Drop(DropReason.Unwanted);
                Reply(frame, datagram.From, IaxCommand.Unsupport, [(byte)ElementId.IaxUnknown, 1, frame.SubclassOctet]);
                break;
            case IaxCommand.Poke:
                Counters.Pokes++;
                Reply(frame, datagram.From, IaxCommand.Pong, []);
                break;
            default:
                // Sent before the peer knew our number, a HANGUP say: the address and its own number tell which call it means.
                if (frame.IsSequenced && Table.Find(datagram.From, frame.SourceCall) is { TakesUnaddressed: true } call) call.ReceiveUnaddressed(frame, datagram);
                else Counters.Drop(frame.Command == IaxCommand.Inval ? DropReason.InvalUnmatched : DropReason.UnknownCall);
                break;
        }
    }

    private void OnStateless(in FullFrame frame, in Datagram datagram)
    {
        if (frame.Command is IaxCommand.RegReq or IaxCommand.RegRel) OnRegistration(frame, datagram.From);
        else Counters.Drop(DropReason.Stateless);
    }

    private void OnRegistration(in FullFrame frame, NetAddress from)
    {
        if (Elements.TryRead(frame.Payload, out var elements)) registrations.OnRequest(frame, elements, from);
        else Counters.Drop(DropReason.Undecodable);
    }

    private void OnUnknown(in FullFrame frame, NetAddress from)
    {
        if (frame.Command == IaxCommand.Inval) { Counters.Drop(DropReason.InvalUnmatched); return; }
        Counters.Drop(frame.Command.IsFromTheOtherEnd() ? DropReason.TransferUnasked : DropReason.UnknownCall);
        bool isAnswerable = frame.Type != FrameType.Iax
            || frame.Command is not (IaxCommand.Ack or IaxCommand.Vnak or IaxCommand.Unsupport or IaxCommand.CallToken or IaxCommand.TxCnt or IaxCommand.TxAcc or IaxCommand.TxMedia);
        if (isAnswerable && ElementReader.IsWellFormed(frame.Type == FrameType.Iax ? frame.Payload : [])) SendInval(frame, from);
    }
}
