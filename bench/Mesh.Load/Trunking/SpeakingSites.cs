using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Load.Trunking;

/// <summary>Two endpoints, the second of which answers whatever the first calls. Of the loops' kind, real or simulated, it knows nothing.</summary>
public sealed class SpeakingSites : IIaxCore, IIaxCallHandler, IIaxVoiceSink, IDisposable
{
    public const int FrameMs = 20, FrameOctets = 160;

    private readonly IaxEndpoint london, manchester;
    private readonly List<OutgoingIaxCall> calls = [];
    private long heard;

    public SpeakingSites(Loop here, Loop there, NetAddress from, NetAddress to, TrunkMode mode)
    {
        london = new IaxEndpoint(here, from, this);
        manchester = new IaxEndpoint(there, to, this);
        london.AddPeer(Options(mode, "london", "manchester", to));
        manchester.AddPeer(Options(mode, "manchester", "london", from));
    }

    public IReadOnlyList<OutgoingIaxCall> Calls => calls;

    /// <summary>Voice frames that arrived.</summary>
    public long Heard => Volatile.Read(ref heard);

    public bool IsReady => london.Peers.All.Single().Seal is SealState.Clear or SealState.Associated && manchester.Peers.All.Single().Seal is SealState.Clear or SealState.Associated;

    /// <summary>On the first endpoint's loop.</summary>
    public void Place(int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (!london.TryPlace("manchester", new NewCallOptions { CalledNumber = "301" }, this, out var call, out var refusal)) throw new InvalidOperationException($"call {i}: {refusal}");
            calls.Add(call);
        }
    }

    void IIaxCore.OnCall(IncomingIaxCall call)
    {
        (call.Handler, call.VoiceSink) = (this, this);
        call.Answer();
    }

    void IIaxCallHandler.OnHangup(IaxCall call, CauseCode cause, string text) { }

    void IIaxVoiceSink.OnVoice(IaxCall call, in Datagram datagram, int offset, int length, VoiceFormat format, uint timestampMs) => heard++;

    public void Dispose()
    {
        london.Dispose();
        manchester.Dispose();
    }

    private static PeerOptions Options(TrunkMode mode, string ourselves, string them, NetAddress address) => new()
    {
        Name = them, OurUsername = ourselves, Secret = "secret", Address = address, IsSite = true, Trunk = mode.Trunk,
        Seal = mode.Sealed ? new SealOptions { Keys = [new byte[32]], Ourselves = ourselves, Them = them } : null,
    };
}
