namespace Mesh.Media.Jitter;

/// <summary>What became of a frame that arrived.</summary>
public enum JitterArrival : byte
{
    /// <summary>It waits for its time.</summary>
    Queued,
    /// <summary>It waits, and came after one that was sent later.</summary>
    Reordered,
    /// <summary>Its time has passed; dropped.</summary>
    Late,
    /// <summary>It is there already; dropped.</summary>
    Duplicate,
    /// <summary>More waits than may; dropped.</summary>
    Overflow,
    /// <summary>Its stamp is far from where it should be, and it is too early to believe it; dropped.</summary>
    Jumped,
    /// <summary>Longer than any frame taken; dropped.</summary>
    TooLong,
}
