namespace Mesh.Media.Jitter;

/// <summary>
/// The delays of the latest frames, and their range without the rarest at both ends: a single spike moves nothing. Sorted as they come, so that asking costs nothing. Allocates only
/// when made.
/// </summary>
public sealed class DelayHistory(int capacity, int trimPercent)
{
    private readonly long[] ring = new long[capacity], sorted = new long[capacity];
    private int next;

    public int Count { get; private set; }

    public long Min => Count == 0 ? 0 : sorted[Trimmed];

    public long Max => Count == 0 ? 0 : sorted[Count - 1 - Trimmed];

    /// <summary>The range, milliseconds.</summary>
    public long Jitter => Max - Min;

    private int Trimmed => Count * trimPercent / 100;

    public void Add(long delay)
    {
        if (Count == ring.Length) Remove(ring[next]);
        int at = Place(delay);
        Array.Copy(sorted, at, sorted, at + 1, Count - at);
        sorted[at] = delay;
        Count++;
        ring[next] = delay;
        next = (next + 1) % ring.Length;
    }

    public void Clear() => (Count, next) = (0, 0);

    private void Remove(long delay)
    {
        int at = Place(delay);
        Count--;
        Array.Copy(sorted, at + 1, sorted, at, Count - at);
    }

    /// <summary>Where the delay stands, or would.</summary>
    private int Place(long delay)
    {
        int at = Array.BinarySearch(sorted, 0, Count, delay);
        return at < 0 ? ~at : at;
    }
}
