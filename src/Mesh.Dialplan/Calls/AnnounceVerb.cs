namespace Mesh.Dialplan.Calls;

/// <summary>Says an announcement and ends the call. Begun by the runner, not by a script.</summary>
internal sealed class AnnounceVerb(Announcement announcement) : Verb
{
    public override void Begin(LiveCall call)
    {
        var caller = call.Incoming.Caller;
        call.Room.Counters.Announced++;
        // Counted out by LiveCall.Finish.
        call.Room.Counters.Announcing++;
        bool isEarly = announcement.IsEarly && caller.Progress();
        call.Trace($"Carrier {call.Incoming.From} calls {call.Incoming.Called}: sorry, {announcement.Switch} is switched to an announcement of {announcement.Sound.Duration.TotalSeconds:0.0} s{(isEarly ? ", not answered" : "")}");
        if (!isEarly) call.AnswerCaller();
        // No carrier tries another way for 480: the next one would only say the same.
        var cause = isEarly ? HangupCause.NormalUnspecified : HangupCause.NormalClearing;
        if (caller.Audio is { } port) call.Room.Audio.Play(port, announcement.Sound, () => call.Finish(cause));
        else call.Finish(cause);
    }

    public override void Fail(Exception why) { }
}
