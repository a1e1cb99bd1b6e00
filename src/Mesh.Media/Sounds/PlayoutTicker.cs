using System.Runtime.CompilerServices;
using Mesh.Io;

namespace Mesh.Media.Sounds;

/// <summary>
/// The 20 ms beat of one loop, shared by everything that plays there: one deadline however many calls ring, none while nothing plays. Keeps the average rate when the
/// loop is late; after more than <see cref="MaxCatchUp"/> beats it gives the lost time up. Its loop's thread only.
/// </summary>
internal sealed class PlayoutTicker : IDeadlineOwner
{
    private const int MaxCatchUp = 5;
    private static readonly ConditionalWeakTable<Loop, PlayoutTicker> ByLoop = [];

    private readonly Loop loop;
    private readonly List<Playout> playing = [];
    private readonly Deadline beat;
    private readonly byte[] buffer = new byte[Datagram.Headroom + AudioCodecs.FrameOctets];
    private long dueMs;
    private bool beating;

    private PlayoutTicker(Loop loop)
    {
        this.loop = loop;
        beat = new Deadline(this);
    }

    public static PlayoutTicker Of(Loop loop) => ByLoop.GetValue(loop, static l => new PlayoutTicker(l));

    public void Add(Playout playout)
    {
        playing.Add(playout);
        if (beat.IsArmed || beating) return;
        dueMs = loop.Clock.NowMs + 1;
        loop.Deadlines.Arm(beat, 1);
    }

    public void OnDeadline(Deadline deadline)
    {
        long now = loop.Clock.NowMs;
        if (now - dueMs > MaxCatchUp * AudioCodecs.FrameMs) dueMs = now;
        beating = true;
        for (; dueMs <= now; dueMs += AudioCodecs.FrameMs) Beat();
        beating = false;
        if (playing.Count > 0) loop.Deadlines.Arm(beat, dueMs - now);
    }

    /// <summary>Backwards, so that a playout that ends, and one that is begun by its ending, disturb nobody.</summary>
    private void Beat()
    {
        for (int i = playing.Count - 1; i >= 0; i--)
        {
            if (Survives(playing[i])) continue;
            playing[i] = playing[^1];
            playing.RemoveAt(playing.Count - 1);
        }
    }

    private bool Survives(Playout playout)
    {
        try { return playout.Tick(buffer, Datagram.Headroom); }
        // What one listener's callback throws must not silence the others; the loop counts and reports it.
        catch (Exception e)
        {
            loop.Post(static state => System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw((Exception)state!), e);
            return false;
        }
    }
}
