using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;
using Mesh.Iax2.Trunking;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Testing.BadNetwork;

/// <summary>
/// Two of our sites, each on a loop of its own, that know each other only at the addresses of the relay between them. <c>x.1</c> near, <c>x.2</c> far; the near site takes
/// <c>x.12</c> for the far one, the far site <c>x.11</c> for the near one. Made before the loops start.
/// </summary>
public sealed class TwoSites : IIaxCore, IDisposable
{
    private const string Secret = "between-two-sites";

    public TwoSites(Func<string, Loop> loops, BadNetworkOptions options)
    {
        Options = options;
        (NearLoop, FarLoop, RelayLoop) = (loops("near"), loops("far"), loops("relay"));
        Relay = On(RelayLoop, () => new ImpairmentRelay(RelayLoop, new ImpairmentRelayOptions
        {
            NearEnd = At(1), NearSide = At(12), FarSide = At(11), FarEnd = At(2), Impairments = options.Impairments,
        }));
        Near = On(NearLoop, () => Open(NearLoop, "near", "far", At(1), Relay.NearSide, new Nobody()));
        Far = On(FarLoop, () => Open(FarLoop, "far", "near", At(2), Relay.FarSide, this));
    }

    public BadNetworkOptions Options { get; }

    public Loop NearLoop { get; }

    public Loop FarLoop { get; }

    public Loop RelayLoop { get; }

    public ImpairmentRelay Relay { get; }

    public IaxEndpoint Near { get; }

    public IaxEndpoint Far { get; }

    /// <summary>Told of every call that reaches the far site, on its loop.</summary>
    public Action<IncomingIaxCall>? Received { get; set; }

    void IIaxCore.OnCall(IncomingIaxCall call) => Received?.Invoke(call);

    public void Dispose()
    {
        On(NearLoop, () => { Near.Dispose(); return true; });
        On(FarLoop, () => { Far.Dispose(); return true; });
        Relay.Dispose();
    }

    private NetAddress At(int host) => NetAddress.Parse($"{Options.Net}.{host}:4569");

    private IaxEndpoint Open(Loop loop, string name, string other, NetAddress local, NetAddress at, IIaxCore core)
    {
        var endpoint = new IaxEndpoint(loop, local, core, Options.Endpoint);
        endpoint.AddPeer(new PeerOptions
        {
            Name = other, OurUsername = name, Secret = Secret, Address = at, IsSite = true, MaxCalls = 10_000, Formats = [VoiceFormat.Alaw],
            Qualify = Options.Probes ? QualifyOptions.Site : null,
            Seal = Options.Sealed ? new SealOptions { Keys = [new byte[32]], Ourselves = name, Them = other } : null,
            Trunk = Options.Trunked ? new TrunkOptions() : null,
        });
        return endpoint;
    }

    /// <summary>A simulated loop is entered, a real one has not started yet or has ended.</summary>
    private static T On<T>(Loop loop, Func<T> work) => loop is Mesh.Io.Simulation.SimulatedLoop simulated ? simulated.Invoke(work) : work();

    private sealed class Nobody : IIaxCore
    {
        public void OnCall(IncomingIaxCall call) { }
    }
}
