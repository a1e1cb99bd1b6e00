using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Load.Trunking;

/// <summary>The CPU time of a voice frame over real loopback, both ends together: two media loops speak, two signalling loops carry, all in this process.</summary>
public static class CpuCost
{
    private const int MediaLoops = 2, WarmUpMs = 1_000;

    /// <summary>Microseconds a frame.</summary>
    public static async Task<double> OfAsync(TrunkMode mode, int calls, int seconds)
    {
        var clock = new MeshClock(TimeProvider.System);
        Loop here = Make("london"), there = Make("manchester");
        Loop[] media = [.. Enumerable.Range(0, MediaLoops).Select(i => Make($"media-{i}"))];
        try
        {
            using var sites = new SpeakingSites(here, there, NetAddress.Parse("127.53.20.1:4569"), NetAddress.Parse("127.53.20.2:4569"), mode);
            here.Start();
            there.Start();
            await UntilAsync(() => sites.IsReady);
            here.Post(_ => sites.Place(calls));
            await UntilAsync(() => sites.Calls.Count == calls && sites.Calls.All(c => c.IsUp));
            var speakers = media.Select((loop, m) => new Speaker(loop, [.. sites.Calls.Where((_, i) => i % MediaLoops == m)])).ToArray();
            foreach (var loop in media) loop.Start();
            foreach (var speaker in speakers) speaker.Begin();
            await Task.Delay(WarmUpMs);
            var before = CpuReading.Of(Environment.ProcessId);
            long heard = sites.Heard;
            await Task.Delay(seconds * 1000);
            double used = (CpuReading.Of(Environment.ProcessId) - before).Seconds;
            return used * 1_000_000 / (sites.Heard - heard);
        }
        finally
        {
            foreach (var loop in (Loop[])[.. media, here, there]) loop.Dispose();
        }

        Loop Make(string name) => DatagramLoops.Create(name, clock, new CryptoChance());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (int i = 0; i < 300; i++)
        {
            if (condition()) return;
            await Task.Delay(100);
        }
        throw new InvalidOperationException("the calls did not come up");
    }

    /// <summary>Speaks in some calls, each in a millisecond of its own.</summary>
    private sealed class Speaker : IDeadlineOwner
    {
        private readonly Loop loop;
        private readonly Iax2.Calls.IaxCall[] calls;
        private readonly Deadline next;
        private readonly byte[] buffer = new byte[Datagram.Headroom + SpeakingSites.FrameOctets];
        private long ms;

        public Speaker(Loop loop, Iax2.Calls.IaxCall[] calls)
        {
            (this.loop, this.calls) = (loop, calls);
            next = new Deadline(this);
        }

        public void Begin() => loop.Post(_ =>
        {
            ms = loop.Clock.NowMs;
            loop.Deadlines.Arm(next, 1);
        });

        public void OnDeadline(Deadline deadline)
        {
            for (long now = loop.Clock.NowMs; ms < now; ms++)
                for (int i = (int)(ms % SpeakingSites.FrameMs); i < calls.Length; i += SpeakingSites.FrameMs)
                    calls[i].SendVoice(VoiceFormat.Alaw, (uint)ms, buffer, Datagram.Headroom, SpeakingSites.FrameOctets);
            loop.Deadlines.Arm(next, 1);
        }
    }
}
