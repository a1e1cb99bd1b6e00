using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>Rings, and lasts until the conversation is over or nobody answered.</summary>
internal sealed class DialVerb(Ring ring, DialOptions options) : Verb<DialResult>
{
    public override void Begin(LiveCall call)
    {
        call.Trace(options.RingFor.Ticks % TimeSpan.TicksPerSecond == 0 ? $"dial {ring} for {options.RingFor.Ticks / TimeSpan.TicksPerSecond} s" : $"dial {ring} for {options.RingFor.TotalSeconds:0.#} s", Place);
        call.Ring(ring, options.RingFor, this);
    }

    /// <summary>The plan does nothing more once the conversation is over.</summary>
    public bool IsLastOf(Loading.DialplanModel plan) => plan.IsLastDial(options.File, options.Line);

    /// <summary>How it ended.</summary>
    public void Over(LiveCall call, DialResult result)
    {
        call.Trace($"dial: {result.Status}", Place);
        Complete(call, result);
    }

    private ScriptPlace Place => new(options.File, options.Line);
}
