namespace Mesh.Host.Listening;

/// <summary>Why a connection is asked to leave.</summary>
public enum LeaveReason
{
    /// <summary>It took too long.</summary>
    Late,

    /// <summary>Others want in, and it has been slow for longest.</summary>
    Crowded,

    /// <summary>All connections together hold too much memory, and it has been slow for longest.</summary>
    Memory,
}
