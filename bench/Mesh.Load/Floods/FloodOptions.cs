namespace Mesh.Load.Floods;

/// <summary>What to measure and for how long.</summary>
public sealed record FloodOptions
{
    /// <summary>Calls that talk all the time.</summary>
    public int Calls { get; init; } = 25;

    /// <summary>Seconds of voice in each phase.</summary>
    public int Seconds { get; init; } = 5;

    public int Rounds { get; init; } = 5;

    /// <summary>So many are enough when voice is unchanged in them.</summary>
    public int RoundsWhenUnchanged { get; init; } = int.MaxValue;

    /// <summary>Voice is measured without the flood, and with the same flood at nobody, too.</summary>
    public bool IsCompared { get; init; } = true;

    public required IReadOnlyList<FloodKind> Kinds { get; init; }

    /// <summary>Good clients of each kind a second.</summary>
    public int GoodRate { get; init; } = 20;

    /// <summary>The share of good clients that must be answered.</summary>
    public double GoodShare { get; init; } = 0.99;
}
