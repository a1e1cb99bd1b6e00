namespace Mesh.Host.Admin.Neighbours;

/// <summary>Why a message that claims to come from another site is refused.</summary>
public enum PairRefusal
{
    /// <summary>Without the header, or with one that cannot be read.</summary>
    Unsigned,
    /// <summary>No site of this mesh.</summary>
    UnknownSite,
    /// <summary>Its time is further off than <see cref="PairLimits.ClockWindow"/>.</summary>
    Stale,
    TooLarge,
    /// <summary>Not made with the mesh key, or changed on the way.</summary>
    Forged,
    /// <summary>Seen before.</summary>
    Replayed,
    /// <summary>More messages of one site than are remembered, or more at once than are read.</summary>
    TooMany,
    /// <summary>Made with the mesh key, but not a message.</summary>
    Malformed,
}
