using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Calls;

/// <summary>Answers the caller.</summary>
internal sealed class AnswerVerb : Verb<bool>
{
    public override void Begin(LiveCall call)
    {
        call.Trace("answer", At);
        call.AnswerCaller();
        Complete(call, true);
    }
}

/// <summary>Answers if need be and plays a sound to its end.</summary>
internal sealed class PlayVerb(string sound) : Verb<bool>
{
    public override void Begin(LiveCall call)
    {
        call.Trace($"play {sound}", At);
        call.AnswerCaller();
        call.Play(this, sound, played => Complete(call, played));
    }
}

/// <summary>Answers if need be and lets the caller hear himself for a while.</summary>
internal sealed class EchoVerb(TimeSpan duration) : Verb<bool>
{
    public override void Begin(LiveCall call)
    {
        call.Trace("echo", At);
        call.AnswerCaller();
        call.Echo();
        call.ArmVerb(duration);
    }

    public override void OnDeadline(LiveCall call)
    {
        call.Silence();
        Complete(call, true);
    }
}

/// <summary>Lets time pass.</summary>
internal sealed class WaitVerb(TimeSpan duration) : Verb<bool>
{
    public override void Begin(LiveCall call)
    {
        call.Trace($"wait {duration.TotalSeconds:0.#} s", At);
        call.ArmVerb(duration);
    }

    public override void OnDeadline(LiveCall call) => Complete(call, true);
}

/// <summary>Ends the call; the script always sees that it is over.</summary>
/// <param name="cause">Null: as if the handler had returned.</param>
internal sealed class EndVerb(HangupCause? cause) : Verb<bool>
{
    public override void Begin(LiveCall call)
    {
        if (cause is { } given) call.Trace($"end with {given}", At);
        call.Finish(cause ?? call.CauseAtReturn);
    }
}

/// <summary>Finds the handler of another number.</summary>
internal sealed class GotoVerb(string number) : Verb<DialplanEntry>
{
    public override void Begin(LiveCall call)
    {
        call.Trace($"goto {number}", At);
        if (call.FindHandler(number) is { } entry) Complete(call, entry);
    }
}
