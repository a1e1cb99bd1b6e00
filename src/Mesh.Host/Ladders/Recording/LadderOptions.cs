namespace Mesh.Host.Ladders.Recording;

/// <summary>The bounds of what a site records of its calls. What is refused is counted, and the ladder says so.</summary>
public sealed record LadderOptions
{
    /// <summary>Octets of messages of all calls; when they are used up, the call that ended first is dropped.</summary>
    public int MaxOctets { get; init; } = 32 << 20;

    /// <summary>Calls kept, the live ones among them; 0 records nothing.</summary>
    public int MaxCalls { get; init; } = 2_000;

    /// <summary>Octets of one leg: of one that says more, the beginning and the end are kept.</summary>
    public int MaxLegOctets { get; init; } = 128 << 10;

    /// <summary>Legs of one call at this site.</summary>
    public int MaxLegs { get; init; } = 64;

    /// <summary>First messages that do not belong to a call yet, and mostly never will: calls that are refused.</summary>
    public int MaxUnclaimed { get; init; } = 1_024;

    /// <summary>A call number of IAX2 may mean another call after so long a silence, milliseconds; below the rest of a number given back.</summary>
    public int SilentNumberMs { get; init; } = 45_000;
}
