using Mesh.Dialplan.Calls;

namespace Mesh.Host.Ladders.Recording;

/// <summary>Everything this site recorded of one origin: it may come back here several times. The signalling loop's; one that was dropped becomes another's.</summary>
public sealed class LadderCall
{
    public string Origin { get; private set; } = "";

    /// <summary>Microseconds since 1970, UTC, when the loop's clock began; taken when the call did, so that its times stay what they are.</summary>
    public long EpochMicros { get; private set; }

    public List<LadderLeg> Legs { get; } = [];

    public List<CallTrace> Traces { get; } = [];

    /// <summary>Calls of it that are not over.</summary>
    public int Live { get; set; }

    /// <summary>Counts its ends, so that a place in the queue of ended calls that is out of date is known; never begins anew.</summary>
    public int Ends { get; set; }

    /// <summary>Legs there was no room for.</summary>
    public int LegsMissed { get; set; }

    public bool IsDropped { get; private set; } = true;

    internal void Begin(string origin, long epochMicros) => (Origin, EpochMicros, IsDropped) = (origin, epochMicros, false);

    /// <summary>Lets everything go.</summary>
    internal void Drop()
    {
        foreach (var trace in Traces) trace.IsHeld = false;
        Traces.Clear();
        Legs.Clear();
        Origin = "";
        Live = LegsMissed = 0;
        IsDropped = true;
    }
}
