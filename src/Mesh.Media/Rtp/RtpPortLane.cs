using System.Collections.Concurrent;
using System.Net.Sockets;
using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>The pairs of one media loop: bound and free, resting after a call, and the part of the range not bound yet.</summary>
internal sealed class RtpPortLane(RtpPortPool pool, Loop loop)
{
    /// <summary>Pairs bound in one turn of the loop, so that relaying does not wait behind many system calls.</summary>
    private const int RefillBatch = 4;

    private readonly ConcurrentQueue<RtpPortPair> free = new();
    private readonly ConcurrentQueue<RtpPortPair> resting = new();
    private readonly ConcurrentQueue<ushort> unbound = new();
    private int refilling;

    public Loop Loop { get; } = loop;

    public int Free => free.Count;

    public int Resting => resting.Count;

    public void Own(ushort evenPort) => unbound.Enqueue(evenPort);

    public void Rest(RtpPortPair pair) => resting.Enqueue(pair);

    /// <summary>A pair that is free or has rested <paramref name="restMs"/>; null when there is none. No system call.</summary>
    public RtpPortPair? Take(int restMs)
    {
        AwakenRested(restMs);
        if (!free.TryDequeue(out var pair)) pair = null;
        if (free.Count < pool.Options.Ready / 2 / pool.Lanes) BeginRefill();
        return pair;
    }

    /// <summary>Binds until <paramref name="ready"/> pairs are free or the range is used up. A port that another program holds is passed over and counted.</summary>
    public void Bind(int ready)
    {
        while (free.Count < ready && unbound.TryDequeue(out ushort port))
        {
            try
            {
                free.Enqueue(new RtpPortPair(pool, this, pool.Host.WithPort(port)));
            }
            catch (SocketException)
            {
                pool.CountUnbindable();
            }
        }
    }

    public void DisposeIdle()
    {
        while (free.TryDequeue(out var pair)) pair.Dispose();
        while (resting.TryDequeue(out var pair)) pair.Dispose();
    }

    private void AwakenRested(int restMs)
    {
        long now = Loop.Clock.NowMs;
        while (resting.TryPeek(out var oldest) && now - oldest.ReturnedMs >= restMs && resting.TryDequeue(out var pair))
            free.Enqueue(pair);
    }

    private void BeginRefill()
    {
        if (unbound.IsEmpty || Interlocked.Exchange(ref refilling, 1) != 0) return;
        Loop.Post(static state => ((RtpPortLane)state!).Refill(), this);
    }

    private void Refill()
    {
        int ready = pool.Options.Ready / pool.Lanes;
        Bind(Math.Min(ready, free.Count + RefillBatch));
        if (free.Count < ready && !unbound.IsEmpty && !pool.IsDisposed) Loop.Post(static state => ((RtpPortLane)state!).Refill(), this);
        else Volatile.Write(ref refilling, 0);
    }
}
