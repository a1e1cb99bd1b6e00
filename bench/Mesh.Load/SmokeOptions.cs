namespace Mesh.Load;

/// <summary>What to measure and for how long.</summary>
public sealed record SmokeOptions
{
    /// <summary>Seconds of a round of relaying, and how many rounds of each relay.</summary>
    public int RelaySeconds { get; init; } = 5;

    public int RelayRounds { get; init; } = 3;

    public int RelayCalls { get; init; } = 100;

    /// <summary>Calls a second, seconds and rounds of the CPU measurement.</summary>
    public int CallRate { get; init; } = 200;

    public int CallSeconds { get; init; } = 10;

    public int CallRounds { get; init; } = 5;

    /// <summary>The rate that must be held.</summary>
    public int HeldRate { get; init; } = 500;

    public int HeldSeconds { get; init; } = 20;

    /// <summary>Another build's mesh.dll, whose calls are measured in turn with ours; null for none.</summary>
    public string? Beside { get; init; }

    /// <summary>relay, calls, rate; all when empty.</summary>
    public IReadOnlySet<string> Only { get; init; } = new HashSet<string>();

    public bool Includes(string part) => Only.Count == 0 || Only.Contains(part);
}
