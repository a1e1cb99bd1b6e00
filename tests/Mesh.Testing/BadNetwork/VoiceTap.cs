using Mesh.Io.Simulation;

namespace Mesh.Testing.BadNetwork;

/// <summary>
/// Listens on the simulated wire behind the relay and knows which voice frames got through, so that every frame that was not heard is explained by a datagram that was lost,
/// or is not explained.
/// </summary>
public sealed class VoiceTap
{
    private readonly Dictionary<MarkedVoice, long> passed = [];
    private readonly TwoSites sites;

    public VoiceTap(SimulatedWorld world, TwoSites sites)
    {
        this.sites = sites;
        world.Wire.OnDatagram += Hear;
    }

    /// <summary>Datagrams on the wire between the sites, those of the relay not counted twice.</summary>
    public long Datagrams { get; private set; }

    /// <summary>Frames of this end that got through the relay and were not heard at the other: those that came before that end knew of the answer, and all others.</summary>
    public (int Early, int Missed) Unheard(Talker from, bool fromCaller, Talker to)
    {
        int early = 0, missed = 0;
        var heard = to.Heard.Select(h => h.Number).ToHashSet();
        for (int number = 0; number < from.Said; number++)
        {
            if (heard.Contains(number) || !passed.TryGetValue(new MarkedVoice(from.Id, fromCaller, number), out long atMs)) continue;
            if (atMs <= to.AnsweredAtMs) early++;
            else missed++;
        }
        return (early, missed);
    }

    private void Hear(WireDatagram datagram)
    {
        if (datagram.From == sites.Relay.FarSide || datagram.From == sites.Relay.NearSide) MarkedVoice.FindAll(datagram.Payload.Span, voice => passed.TryAdd(voice, datagram.AtMicros / 1000));
        else Datagrams++;
    }
}
