using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Load.Trunking;

/// <summary>What a second of voice of some calls is on the wire, one direction: counted datagram by datagram in virtual time, so it is the same on every machine.</summary>
public sealed record WireCount(double DatagramsPerSecond, double OctetsPerSecond)
{
    private const int Seconds = 5;

    /// <summary>The worse of calls that speak in step and calls spread over the 20 ms, as unrelated calls are.</summary>
    public static WireCount Of(TrunkMode mode, int calls)
    {
        WireCount inStep = Measure(mode, calls, spread: false), spread = Measure(mode, calls, spread: true);
        return new WireCount(Math.Max(inStep.DatagramsPerSecond, spread.DatagramsPerSecond), Math.Max(inStep.OctetsPerSecond, spread.OctetsPerSecond));
    }

    private static WireCount Measure(TrunkMode mode, int calls, bool spread)
    {
        using var world = new SimulatedWorld();
        SimulatedLoop here = world.CreateLoop("london"), there = world.CreateLoop("manchester");
        var from = NetAddress.Parse("10.0.0.1:4569");
        using var sites = new SpeakingSites(here, there, from, NetAddress.Parse("10.0.0.2:4569"), mode);
        Check(world.RunUntil(() => sites.IsReady, TimeSpan.FromSeconds(5)));
        here.Invoke(() => sites.Place(calls));
        Check(world.RunUntil(() => sites.Calls.All(c => c.IsUp), TimeSpan.FromSeconds(5)));

        long datagrams = 0, octets = 0;
        bool counting = false;
        world.Wire.OnDatagram += datagram =>
        {
            if (!counting || datagram.From != from) return;
            datagrams++;
            octets += datagram.Payload.Length;
        };
        byte[] buffer = new byte[Datagram.Headroom + SpeakingSites.FrameOctets];
        var chance = world.CreateChance();
        int[] phases = [.. Enumerable.Range(0, calls).Select(_ => spread ? chance.NextInt32(SpeakingSites.FrameMs) : 0)];
        const int Frames = Seconds * 1000 / SpeakingSites.FrameMs, WarmUp = 10;
        for (int ms = 0; ms < (WarmUp + Frames) * SpeakingSites.FrameMs; ms++)
        {
            counting = ms >= WarmUp * SpeakingSites.FrameMs;
            for (int i = 0; i < calls; i++)
                if (phases[i] == ms % SpeakingSites.FrameMs)
                    here.Invoke(() => sites.Calls[i].SendVoice(Iax2.Wire.VoiceFormat.Alaw, (uint)ms, buffer, Datagram.Headroom, SpeakingSites.FrameOctets));
            world.RunFor(TimeSpan.FromMilliseconds(1));
        }
        world.RunFor(TimeSpan.FromMilliseconds(100));
        if (sites.Heard != (long)calls * (WarmUp + Frames)) throw new InvalidOperationException($"{mode.Name}: {sites.Heard} frames were heard of {calls * (WarmUp + Frames)}");
        return new WireCount((double)datagrams / Seconds, (double)octets / Seconds);
    }

    private static void Check(bool came)
    {
        if (!came) throw new InvalidOperationException("the calls did not come up");
    }
}
