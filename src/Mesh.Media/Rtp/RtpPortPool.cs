using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>
/// The RTP ports of a site, bound ahead over the media loops and rented round robin: renting and returning make no system call. Any thread.
/// </summary>
public sealed class RtpPortPool : IDisposable
{
    private readonly RtpPortLane[] lanes;
    private long rented, exhausted, strays, unbindable, shortened;
    private ulong chance;
    private int turn;
    private bool disposed;

    /// <summary>Binds the first <see cref="RtpPortPoolOptions.Ready"/> pairs. <paramref name="host"/>: the address to bind, its port is ignored.</summary>
    public RtpPortPool(IReadOnlyList<Loop> loops, NetAddress host, RtpPortPoolOptions options, IChance chance)
    {
        ArgumentOutOfRangeException.ThrowIfZero(loops.Count);
        (Host, Options) = (host, options);
        this.chance = chance.NextUInt64();
        lanes = [.. loops.Select(loop => new RtpPortLane(this, loop))];
        int first = options.FirstPort + (options.FirstPort & 1);
        for (int port = first, i = 0; port < options.LastPort; port += 2, i++) lanes[i % lanes.Length].Own((ushort)port);
        foreach (var lane in lanes) lane.Bind(Math.Max(1, options.Ready / lanes.Length));
    }

    public NetAddress Host { get; }

    public RtpPortPoolOptions Options { get; }

    /// <summary>Ports in use by calls; 0 when none is up.</summary>
    public long Rented => Volatile.Read(ref rented);

    /// <summary>Pairs bound and free now.</summary>
    public int Free => lanes.Sum(lane => lane.Free);

    /// <summary>Pairs resting after a call.</summary>
    public int Resting => lanes.Sum(lane => lane.Resting);

    /// <summary>Rents refused because no port was left.</summary>
    public long Exhausted => Volatile.Read(ref exhausted);

    /// <summary>Datagrams that came to a port nobody rented.</summary>
    public long Strays => Volatile.Read(ref strays);

    /// <summary>Ports of the range that could not be bound.</summary>
    public long Unbindable => Volatile.Read(ref unbindable);

    /// <summary>Ports rented again before their full rest, for want of others.</summary>
    public long RestsShortened => Volatile.Read(ref shortened);

    internal bool IsDisposed => Volatile.Read(ref disposed);

    internal int Lanes => lanes.Length;

    /// <summary>A port for one leg; null (counted) when the range is exhausted: the call is refused with 503.</summary>
    public RtpPort? Rent()
    {
        if (Find(Options.QuarantineMs) is { } rested) return Let(rested);
        if (Find(Math.Min(Options.MinQuarantineMs, Options.QuarantineMs)) is not { } pair)
        {
            Interlocked.Increment(ref exhausted);
            return null;
        }
        Interlocked.Increment(ref shortened);
        return Let(pair);
    }

    /// <summary>Closes the pairs that are not rented; those in use are closed as they come back.</summary>
    public void Dispose()
    {
        Volatile.Write(ref disposed, true);
        foreach (var lane in lanes) lane.DisposeIdle();
    }

    internal void TakeBack(RtpPortPair pair, RtpPortLane lane)
    {
        Interlocked.Decrement(ref rented);
        if (IsDisposed) pair.Dispose();
        else lane.Rest(pair);
    }

    internal void CountStray() => Interlocked.Increment(ref strays);

    internal void CountUnbindable() => Interlocked.Increment(ref unbindable);

    private RtpPortPair? Find(int restMs)
    {
        uint start = (uint)Interlocked.Increment(ref turn);
        for (uint i = 0; i < lanes.Length; i++)
            if (lanes[(start + i) % lanes.Length].Take(restMs) is { } pair) return pair;
        return null;
    }

    private RtpPort Let(RtpPortPair pair)
    {
        Interlocked.Increment(ref rented);
        ulong bits = Mix(Interlocked.Add(ref chance, 0x9E37_79B9_7F4A_7C15));
        var port = new RtpPort(pair, Options.Port, ssrc: (uint)bits, firstSequence: (ushort)(bits >> 32), firstTimestamp: (uint)Mix(bits));
        pair.Let(port);
        return port;
    }

    /// <summary>SplitMix64's finalizer: the draw of one seed, usable from any thread. RFC 3550 section 8.1 asks that SSRCs differ, not that they be secret.</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58_476D_1CE4_E5B9;
        z = (z ^ (z >> 27)) * 0x94D0_49BB_1331_11EB;
        return z ^ (z >> 31);
    }
}
