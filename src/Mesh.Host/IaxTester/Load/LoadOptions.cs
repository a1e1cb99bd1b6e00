using Mesh.Host.IaxTester.Calls;

namespace Mesh.Host.IaxTester.Load;

/// <summary>How many calls, how fast, how long.</summary>
public sealed record LoadOptions
{
    public required CallOrder Call { get; init; }

    /// <summary>Calls begun a second.</summary>
    public double Rate { get; init; } = 10;

    /// <summary>Calls in all.</summary>
    public int Calls { get; init; } = 100;

    /// <summary>Calls at once at most; a call that is due waits for room.</summary>
    public int Concurrent { get; init; } = 1_000;
}
