namespace Mesh.Host.Sorry.Customers.Sessions;

/// <summary>
/// How often something may happen within a window, by key. An attempt is counted before it is judged, and given back when it was right, so that a hundred at once are a hundred. Bounded: when
/// the table is full the key that was heard of longest ago is forgotten.
/// </summary>
public sealed class AttemptLimit(int most, TimeSpan window, TimeProvider time, int keys = 10_000)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, (DateTimeOffset From, int Count)> counts = new(StringComparer.Ordinal);

    /// <summary>False when there were too many. A window begins with the first attempt.</summary>
    public bool TryTake(string key)
    {
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (!counts.TryGetValue(key, out var count) || now - count.From >= window) count = (now, 0);
            if (count.Count >= most) return false;
            if (counts.Count >= keys && !counts.ContainsKey(key)) Forget(now);
            counts[key] = (count.From, count.Count + 1);
            return true;
        }
    }

    /// <summary>It was right: it does not count.</summary>
    public void GiveBack(string key)
    {
        lock (gate)
        {
            if (!counts.TryGetValue(key, out var count)) return;
            if (count.Count > 1) counts[key] = (count.From, count.Count - 1);
            else counts.Remove(key);
        }
    }

    /// <summary>Until attempts of a key are judged again.</summary>
    public TimeSpan Wait(string key)
    {
        lock (gate) return counts.TryGetValue(key, out var count) && count.From + window - time.GetUtcNow() is var wait && wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (key, count) in counts.ToList())
            if (now - count.From >= window) counts.Remove(key);
        if (counts.Count >= keys) counts.Remove(counts.MinBy(static c => c.Value.From).Key);
    }
}
