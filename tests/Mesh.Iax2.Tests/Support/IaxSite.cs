using Mesh.Iax2.Sealing;

namespace Mesh.Iax2.Tests.Support;

/// <summary>One endpoint in a simulated world, with a core that does to calls what the test says.</summary>
internal sealed class IaxSite : IIaxCore, IRegistrationSink
{
    public IaxSite(SimulatedWorld world, string name, string address, IaxEndpointOptions? options = null)
    {
        Name = name;
        Loop = world.CreateLoop(name);
        Address = NetAddress.Parse(address);
        Endpoint = Loop.Invoke(() => new IaxEndpoint(Loop, Address, this, options, this));
    }

    public string Name { get; }
    public SimulatedLoop Loop { get; }
    public NetAddress Address { get; }
    public IaxEndpoint Endpoint { get; }

    /// <summary>What to do with a call; a handler is set already.</summary>
    public Action<IncomingIaxCall> Answering { get; set; } = call => { call.Ringing(); call.Answer(); };

    public List<IncomingIaxCall> Received { get; } = [];
    public List<CallLog> ReceivedLogs { get; } = [];
    public List<VoiceLog> ReceivedVoice { get; } = [];
    public List<(string Peer, PeerState Before, PeerState Now, long AtMs)> PeerStates { get; } = [];
    public List<(SealState Now, long AtMs)> SealStates { get; } = [];
    public List<RegistrationState> Registrations { get; } = [];
    public Dictionary<string, RegistrationBinding> Stored { get; } = [];
    /// <summary>Completions held back, when the test wants the store slow.</summary>
    public List<Action<bool>>? Held { get; set; }

    private readonly byte[] arriving = new byte[Datagram.Headroom + Datagram.MaxPayload];

    /// <summary>A datagram arrives that nobody on the wire sent: its source is forged.</summary>
    public void Deliver(NetAddress from, ReadOnlySpan<byte> payload)
    {
        payload.CopyTo(arriving.AsSpan(Datagram.Headroom));
        int length = payload.Length;
        Loop.Invoke(() => ((IDatagramReceiver)Endpoint).OnDatagram(null!, new Datagram(arriving, length, from, Loop.Clock.NowMicros)));
    }

    /// <summary>What to say of digits dialled so far.</summary>
    public Func<string, DialplanStatus> Plan { get; set; } = _ => DialplanStatus.NonExistent;

    public DialplanStatus OnDialplanQuery(IncomingIaxCall call, string digits) => Plan(digits);

    public void OnCall(IncomingIaxCall call)
    {
        var log = new CallLog();
        var voice = new VoiceLog();
        (call.Handler, call.VoiceSink) = (log, voice);
        Received.Add(call);
        ReceivedLogs.Add(log);
        ReceivedVoice.Add(voice);
        Answering(call);
    }

    public void OnPeerState(Peer peer, PeerState before) => PeerStates.Add((peer.Name, before, peer.State, Loop.Clock.NowMs));

    public void OnSealState(Peer peer, SealState before) => SealStates.Add((peer.Seal, Loop.Clock.NowMs));

    public void OnRegistration(RegistrationClient registration) => Registrations.Add(registration.State);

    public void Store(RegistrationBinding binding, Action<bool> completion)
    {
        Stored[binding.PeerName] = binding;
        if (Held is { } held) held.Add(completion);
        else completion(true);
    }

    public void Remove(string peerName, Action<bool> completion)
    {
        Stored.Remove(peerName);
        completion(true);
    }

    public (OutgoingIaxCall Call, CallLog Log, VoiceLog Voice) Place(string peer, NewCallOptions? options = null)
    {
        var log = new CallLog();
        var voice = new VoiceLog();
        OutgoingIaxCall? call = null;
        Loop.Invoke(() =>
        {
            Assert.True(Endpoint.TryPlace(peer, options ?? new NewCallOptions { CalledNumber = "301", CallingNumber = "2001", CallingName = "Alice" }, log, out call, out var refusal), refusal.ToString());
            call!.VoiceSink = voice;
        });
        return (call!, log, voice);
    }
}
