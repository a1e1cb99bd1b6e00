using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// What <see cref="Call"/>'s verbs do, implemented by the call runner: each posts to the signalling loop and completes when it has happened.
/// Called from the script's task. A verb throws <see cref="CallEnded"/> once the call is over.
/// </summary>
public interface ICallControl
{
    /// <summary>The number this handler was entered with.</summary>
    string Called { get; }

    CallerId Caller { get; }

    CallEntry Entry { get; }

    /// <summary>Account, trunk, site or peer the call came from.</summary>
    string From { get; }

    string OriginId { get; }

    /// <summary>Wall clock of this call's loop, UTC.</summary>
    DateTimeOffset UtcNow { get; }

    /// <summary>Cancelled when the call is over.</summary>
    CancellationToken Ended { get; }

    /// <summary>The line of the plan the next verb stands in, for the trace.</summary>
    void At(string file, int line) { }

    Task<DialResult> Dial(Ring ring, DialOptions options);

    Task Answer();

    /// <summary>Answers if need be and plays a sound to its end. Unknown sounds are refused when the plan is loaded; one that is missing at run time is logged and skipped.</summary>
    Task Play(string sound);

    /// <summary>Answers if need be and sends the caller what he says, until <paramref name="duration"/> is over.</summary>
    Task Echo(TimeSpan duration);

    /// <summary>Plays <paramref name="prompt"/> and waits for one of <paramref name="keys"/>; null when none was pressed in time.</summary>
    Task<char?> Menu(string prompt, string keys, TimeSpan timeout, int attempts);

    /// <summary>Runs the handler of another number as part of this call; when it returns the call is over.</summary>
    Task Goto(string number);

    /// <summary>Refuses or ends the call; always throws <see cref="CallEnded"/>.</summary>
    Task Reject(HangupCause cause);

    Task Wait(TimeSpan duration);

    /// <summary>A line in this call's trace.</summary>
    void Note(string text, string file, int line);
}
