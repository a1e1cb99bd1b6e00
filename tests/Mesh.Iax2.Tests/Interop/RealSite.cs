using System.Collections.Concurrent;

namespace Mesh.Iax2.Tests.Interop;

/// <summary>An endpoint on a real loop and a real socket of its own; what it hears is written down.</summary>
internal sealed class RealSite : IIaxCore, IRegistrationSink, IDisposable
{
    private readonly Loop loop;
    private int storedTimes;

    public RealSite(string host, IaxEndpointOptions? options = null, int port = 0)
    {
        loop = DatagramLoops.Create("iax", new MeshClock(TimeProvider.System), new CryptoChance());
        Endpoint = new IaxEndpoint(loop, NetAddress.Parse($"{host}:{port}"), this, options, this);
        loop.Start();
    }

    public IaxEndpoint Endpoint { get; }
    public ConcurrentDictionary<string, RegistrationBinding> Stored { get; } = [];
    /// <summary>Bindings stored, refreshes among them.</summary>
    public int StoredTimes => Volatile.Read(ref storedTimes);
    public ConcurrentQueue<IncomingIaxCall> Received { get; } = [];
    public ConcurrentQueue<string> Events { get; } = [];
    public Action<IncomingIaxCall> Answering { get; set; } = call => call.Ringing();
    public VoiceCount Voice { get; } = new();
    public long Faults => loop.Faults;

    public void OnCall(IncomingIaxCall call)
    {
        call.Handler = new Handler(Events);
        call.VoiceSink = Voice;
        Answering(call);
        Received.Enqueue(call);
    }

    public void OnPeerState(Peer peer, PeerState before) => Events.Enqueue($"{peer.Name} {peer.State}");

    public void Store(RegistrationBinding binding, Action<bool> completion)
    {
        Stored[binding.PeerName] = binding;
        Interlocked.Increment(ref storedTimes);
        completion(true);
    }

    public void Remove(string peerName, Action<bool> completion)
    {
        Stored.TryRemove(peerName, out _);
        completion(true);
    }

    public OutgoingIaxCall? Place(string peer, string number) => Place(peer, new NewCallOptions { CalledNumber = number, CallingNumber = "301", CallingName = "Desk" });

    public OutgoingIaxCall? Place(string peer, NewCallOptions options)
    {
        OutgoingIaxCall? call = null;
        Do(() => Endpoint.TryPlace(peer, options, new Handler(Events), out call, out _));
        if (call is not null) call.VoiceSink = Voice;
        return call;
    }

    /// <summary>Runs on the loop and waits for it.</summary>
    public void Do(Action work)
    {
        using var done = new ManualResetEventSlim();
        loop.Post(_ => { try { work(); } finally { done.Set(); } });
        Assert.True(done.Wait(TimeSpan.FromSeconds(10)));
    }

    public void Dispose()
    {
        Do(Endpoint.Dispose);
        loop.Dispose();
    }

    private sealed class Handler(ConcurrentQueue<string> events) : IIaxCallHandler
    {
        public void OnAcknowledged(IaxCall call) => events.Enqueue("acknowledged");
        public void OnAccepted(IaxCall call) => events.Enqueue($"accepted {call.Format}");
        public void OnRinging(IaxCall call) => events.Enqueue("ringing");
        public void OnAnswered(IaxCall call) => events.Enqueue("answered");
        public void OnHangup(IaxCall call, CauseCode cause, string text) => events.Enqueue($"hangup {cause}");
    }

    internal sealed class VoiceCount : IIaxVoiceSink
    {
        private int frames;
        public int Frames => Volatile.Read(ref frames);
        public VoiceFormat Format { get; private set; }

        public void OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs)
        {
            Interlocked.Increment(ref frames);
            Format = format;
        }
    }
}
