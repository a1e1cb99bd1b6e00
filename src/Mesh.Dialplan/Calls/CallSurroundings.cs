using Mesh.Dialplan.Loading;
using Mesh.Io;

namespace Mesh.Dialplan.Calls;

/// <summary>What calls live in: everything the host hands to <see cref="CallRunner"/>.</summary>
public sealed record CallSurroundings
{
    /// <summary>The signalling loop: it owns every call, fork and leg.</summary>
    public required Loop Loop { get; init; }

    /// <summary>This site's name, for records.</summary>
    public required string Site { get; init; }

    public required MeshLaw Law { get; init; }

    /// <summary>One for each technology.</summary>
    public required IReadOnlyList<IDialer> Dialers { get; init; }

    public required ICallAudio Audio { get; init; }

    public required IPeopleDirectory People { get; init; }

    /// <summary>The dialplan in force now.</summary>
    public required Func<DialplanModel> Plan { get; init; }

    /// <summary>Where scripts run: the thread pool, or a simulated world's thread.</summary>
    public required TaskScheduler Scripts { get; init; }

    public required ICdrSink Records { get; init; }

    public required ICallLog Log { get; init; }

    /// <summary>Takes this site out of calls that only pass through; null: it stays in all of them.</summary>
    public ICallPaths? Paths { get; init; }

    /// <summary>Who looks on; null: nobody.</summary>
    public ICallWatcher? Watcher { get; init; }

    /// <summary>What a call from a carrier hears instead of the plan; null: the plan has it. Asked on the loop for each such call, and never for an emergency number.</summary>
    public Func<IncomingCall, Announcement?> Announcements { get; init; } = static _ => null;

    public CallRunnerOptions Options { get; init; } = new();

    public CallRunnerCounters Counters { get; } = new();

    public MeshNow Now => MeshNow.Of(Loop.Clock);
}
