using Mesh.Io;

namespace Mesh.Media;

/// <summary>
/// The entrance of an <see cref="IAudioPort"/>: names the one <see cref="AudioFeed"/> that may speak now and keeps the port's outgoing timestamps moving
/// forward across a change of feed. The change is one volatile write from any thread: what the former feed sends afterwards is refused.
/// </summary>
public sealed class AudioInlet(MeshClock clock, uint firstTimestamp)
{
    private AudioFeed? current;
    private volatile bool closed;
    private Anchor anchor = new(firstTimestamp, clock.NowMicros);
    private uint next = firstTimestamp;

    /// <summary>The feed the port listens to; null when silent.</summary>
    public AudioFeed? Current => Volatile.Read(ref current);

    /// <summary>The port is gone: no feed enters any more, and what is playing ends.</summary>
    public void Close()
    {
        closed = true;
        Volatile.Write(ref current, null);
    }

    internal void Take(AudioFeed feed)
    {
        Volatile.Write(ref current, feed);
        // Closed by another thread in between: whoever looks at the flag last takes the feed away again.
        if (closed) Volatile.Write(ref current, null);
    }

    internal void Release(AudioFeed feed) => Interlocked.CompareExchange(ref current, null, feed);

    /// <summary>
    /// The timestamp (8 kHz) that stands for this moment: never before the end of what was sent, and as far after the last change of feed as the clock says.
    /// </summary>
    public uint Now()
    {
        long micros = clock.NowMicros;
        uint reached = Volatile.Read(ref next);
        var a = Volatile.Read(ref anchor);
        uint byClock = a.Timestamp + (uint)((micros - a.Micros) / 125);
        return unchecked((int)(byClock - reached)) > 0 ? byClock : reached;
    }

    /// <summary>As <see cref="Now"/>, and what follows is measured from here.</summary>
    internal uint Resume()
    {
        uint now = Now();
        Volatile.Write(ref anchor, new Anchor(now, clock.NowMicros));
        return now;
    }

    /// <summary>Audio was sent that ends at <paramref name="end"/>; one that comes late moves nothing back.</summary>
    internal void Sent(uint end)
    {
        if (unchecked((int)(end - next)) > 0) Volatile.Write(ref next, end);
    }

    private sealed record Anchor(uint Timestamp, long Micros);
}
