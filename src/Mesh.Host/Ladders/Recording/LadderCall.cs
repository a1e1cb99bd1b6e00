using Mesh.Dialplan.Calls;

namespace Mesh.Host.Ladders.Recording;

/// <summary>Everything this site recorded of one origin: it may come back here several times. The signalling loop's.</summary>
public sealed class LadderCall(string origin, long epochMicros)
{
    public string Origin { get; } = origin;

    /// <summary>Microseconds since 1970, UTC, when the loop's clock began; taken when the call did, so that its times stay what they are.</summary>
    public long EpochMicros { get; } = epochMicros;

    public List<LadderLeg> Legs { get; } = [];

    public List<CallTrace> Traces { get; } = [];

    /// <summary>Calls of it that are not over.</summary>
    public int Live { get; set; }

    /// <summary>Counts its ends, so that a place in the queue of ended calls that is out of date is known.</summary>
    public int Ends { get; set; }

    /// <summary>Legs there was no room for.</summary>
    public int LegsMissed { get; set; }

    public bool IsDropped { get; set; }
}
