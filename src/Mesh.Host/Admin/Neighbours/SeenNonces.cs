namespace Mesh.Host.Admin.Neighbours;

/// <summary>The messages of one site that were already taken, as long as their time would still let them in again.</summary>
public sealed class SeenNonces(int capacity)
{
    private readonly Lock gate = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly PriorityQueue<string, long> byEnd = new();

    /// <summary>Null when it is new, and from now on it is not; else why it is refused.</summary>
    /// <param name="endMs">From when on its time alone refuses it.</param>
    public PairRefusal? Take(string nonce, long endMs, long nowMs)
    {
        lock (gate)
        {
            while (byEnd.TryPeek(out _, out long end) && end < nowMs) seen.Remove(byEnd.Dequeue());
            if (seen.Contains(nonce)) return PairRefusal.Replayed;
            if (seen.Count >= capacity) return PairRefusal.TooMany;
            seen.Add(nonce);
            byEnd.Enqueue(nonce, endMs);
            return null;
        }
    }
}
