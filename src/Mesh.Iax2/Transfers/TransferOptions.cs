namespace Mesh.Iax2.Transfers;

/// <summary>How the middle of a call leaves it, and how an end follows; milliseconds unless named otherwise.</summary>
public sealed record TransferOptions
{
    /// <summary>TXREQ of our own sites is followed, and sent; false answers every one with TXREJ.</summary>
    public bool IsAllowed { get; init; } = true;

    /// <summary>TXCNT is sent this often before the attempt is given up.</summary>
    public int Transmissions { get; init; } = 4;

    /// <summary>Bounds of the wait between two TXCNT: twice the round trip first, then doubling.</summary>
    public int ShortestWaitMs { get; init; } = 100;
    public int LongestWaitMs { get; init; } = 1_000;

    /// <summary>A direct path whose round trip is more than this longer than the one through the middle is not taken.</summary>
    public int MaxDetourMs { get; init; } = 30;

    /// <summary>The middle gives up when both ends are not ready by then.</summary>
    public int ReadyWithinMs { get; init; } = 8_000;

    /// <summary>The middle is gone when TXREL was not acknowledged by then.</summary>
    public int ReleaseWithinMs { get; init; } = 5_000;

    /// <summary>An end that is ready holds for TXREL this long: longer than both of the middle's limits.</summary>
    public int HoldMs { get; init; } = 15_000;

    /// <summary>What the former middle still sends is listened to this long.</summary>
    public int FormerPathMs { get; init; } = 12_000;

    /// <summary>Digits, texts and holds of one call kept while it waits for TXREL.</summary>
    public int MaxHeld { get; init; } = 256;
}
