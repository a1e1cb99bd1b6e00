using Mesh.Io.Simulation;

namespace Mesh.Testing.BadNetwork;

/// <summary>
/// Listens on the simulated wire behind the relay and knows which voice frames got through, so that every frame that was not heard is explained by a datagram that was lost,
/// or is not explained.
/// </summary>
public sealed class VoiceTap
{
    private readonly HashSet<MarkedVoice> passed = [];
    private readonly TwoSites sites;

    public VoiceTap(SimulatedWorld world, TwoSites sites)
    {
        this.sites = sites;
        world.Wire.OnDatagram += Hear;
    }

    /// <summary>Datagrams on the wire between the sites, those of the relay not counted twice.</summary>
    public long Datagrams { get; private set; }

    /// <summary>Frames of this end that got through the relay, each once.</summary>
    public int Passed(Talker from, bool fromCaller, int said) => Enumerable.Range(0, said).Count(number => passed.Contains(new MarkedVoice(from.Id, fromCaller, number)));

    private void Hear(WireDatagram datagram)
    {
        if (datagram.From == sites.Relay.FarSide || datagram.From == sites.Relay.NearSide) MarkedVoice.FindAll(datagram.Payload.Span, voice => passed.Add(voice));
        else Datagrams++;
    }
}
