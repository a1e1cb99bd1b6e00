namespace Mesh.Host.Journal;

/// <summary>The order all sites come to: by time, then site, then number.</summary>
public sealed class JournalOrder : IComparer<JournalEntry>
{
    public static readonly JournalOrder Instance = new();

    public int Compare(JournalEntry? x, JournalEntry? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        int order = x.At.CompareTo(y.At);
        if (order == 0) order = string.CompareOrdinal(x.Site, y.Site);
        return order == 0 ? x.Number.CompareTo(y.Number) : order;
    }
}
