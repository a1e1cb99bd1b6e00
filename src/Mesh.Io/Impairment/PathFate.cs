namespace Mesh.Io;

/// <summary>What became of a datagram when it was given to an <see cref="ImpairedPath"/>.</summary>
public enum PathFate
{
    Sent,

    /// <summary>Lost by chance: <see cref="Impairment.Loss"/>.</summary>
    Lost,

    /// <summary>Nothing passes: <see cref="Impairment.Cut"/>, or a partition of hosts.</summary>
    Cut,

    /// <summary>More waited for the link than <see cref="Impairment.Queue"/> allows.</summary>
    Overflowed,
}
