using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;
using Mesh.Io;
using Mesh.Media;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// One incoming call from its admission to its record: the caller, the handler that runs for it, and the fork that rings or talks. Owned by the signalling loop; the
/// handler reaches it through <see cref="ScriptedCall"/> only.
/// </summary>
internal sealed class LiveCall : ICallerObserver, IForkOwner, IDeadlineOwner
{
    private const int BudgetTimer = 0, VerbTimer = 1;
    private readonly CallRunner runner;
    private readonly Admission admission;
    private readonly DialplanModel plan;
    private readonly Alerting alerting;
    private readonly CallTrace trace;
    private readonly CallHistory history;
    private readonly Deadline budget, verbDue;
    private CancellationTokenSource? ended;
    private Fork? fork;
    private IDeparture? departure;
    private Verb? verb, dropped;
    private DialResult? bestDial;
    private int verbs, gotos, asked, noted;
    private bool isOver, scriptRuns, scriptIsTrusted = true, isTalking;

    public LiveCall(CallRunner runner, IncomingCall incoming, Admission admission, DialplanModel plan, string id, CallTrace trace)
    {
        this.runner = runner;
        this.admission = admission;
        this.plan = plan;
        this.trace = trace;
        Room = runner.Room;
        Incoming = incoming;
        Id = id;
        budget = new Deadline(this, BudgetTimer);
        verbDue = new Deadline(this, VerbTimer);
        alerting = new Alerting(incoming.Caller, Room.Audio, Room.Options.GeneratesRingback && incoming.Entry != CallEntry.Site);
        history = new CallHistory(Room.Loop.Clock.UtcNow);
        Steps = new StepBudget(Room.Options.MaxStepsBetweenVerbs);
    }

    public string Id { get; }

    public IncomingCall Incoming { get; }

    public CallSurroundings Room { get; }

    /// <summary>The handlers' step budget: theirs to spend and to renew, ours to exhaust.</summary>
    public StepBudget Steps { get; }

    public string OriginId => Branch.Origin.Id;

    /// <summary>What runs for it: the number's that was called, then of those it went on to. Null when only the safe route did.</summary>
    public DialplanEntry? Handler { get; private set; }

    /// <summary>Cancelled on the scripts' scheduler when the call is over. Any thread.</summary>
    public CancellationToken EndedToken
    {
        get
        {
            LazyInitializer.EnsureInitialized(ref ended);
            if (Volatile.Read(ref isOver)) CancelEnded();
            return ended.Token;
        }
    }

    /// <summary>With what the call ends when its handler has returned: the best of its dials, if nobody answered.</summary>
    public HangupCause CauseAtReturn => history.Answered is not null ? HangupCause.NormalClearing : bestDial?.Cause ?? HangupCause.NormalUnspecified;

    private MeshBranch Branch => admission.Branch!;

    private bool IsBranch => Incoming.Entry == CallEntry.Site;

    /// <summary>Runs the handler; without one, what the safe route says.</summary>
    public void Start(DialplanEntry? handler)
    {
        Handler = handler;
        Trace($"{Incoming.Entry} {Incoming.From} calls {Incoming.Called}: {admission.Kind}");
        plan.Enter();
        if (handler is null) { plan.Leave(); TakeSafeRoute(); return; }
        scriptRuns = true;
        Room.Counters.ScriptsRunning++;
        Room.Loop.Deadlines.Arm(budget, Room.Options.MaxBetweenVerbsMs);
        ScriptRun.Start(this, handler);
    }

    /// <summary>Says an announcement; no handler runs.</summary>
    public void Announce(Announcement announcement)
    {
        history.Announcement = announcement;
        verb = new AnnounceVerb(announcement);
        if (!Guarded("announcing", HangupCause.None, static (call, _) => call.verb!.Begin(call))) Finish(HangupCause.TemporaryFailure);
    }

    /// <summary>Brings a verb of the script to the loop. Any thread. Verbs beyond the step budget are not even posted.</summary>
    public Task<T> Ask<T>(Verb<T> wish, bool onLoop)
    {
        Steps.Renew();
        if (Interlocked.Increment(ref asked) > Room.Options.MaxVerbs + 1) return Task.FromException<T>(new CallEnded(HangupCause.TemporaryFailure));
        var done = wish.Wait(onLoop);
        wish.Asker = this;
        Room.Loop.Post(static verb => ((Verb)verb!).Asker!.Begin((Verb)verb), wish);
        return done;
    }

    /// <summary>A line of the script's own for the trace. Any thread.</summary>
    public void Note(string text, ScriptPlace at)
    {
        if (Interlocked.Increment(ref noted) <= Room.Options.MaxTraceLines) Room.Loop.Post(_ => Trace(text, at));
    }

    public void Trace(string text, ScriptPlace at = default) => trace.Add(Room.Loop.Clock.NowMicros, text, at);

    // ---- what verbs do

    public void AnswerCaller()
    {
        alerting.Stop();
        if (Incoming.Caller.IsAnswered) return;
        Incoming.Caller.Answer();
        MarkAnswered();
    }

    public void Ring(Ring ring, TimeSpan ringFor, DialVerb dial)
    {
        long left = Math.Min((long)ringFor.TotalMilliseconds, Math.Max(1, Branch.DeadlineMs - Room.Loop.Clock.NowMs));
        fork = new Fork(Room, Branch, Incoming.CallerId, Incoming.Caller.Codecs, this);
        // A branch's fork may fail at once, before this returns.
        fork.Start(new RingPlanner(Room).Plan(ring, Branch), left);
    }

    public void Play(Verb by, string sound, Action<bool> done)
    {
        if (Incoming.Caller.Audio is not { } port) { done(false); return; }
        Room.Audio.Play(port, sound, played =>
        {
            if (isOver || verb != by) return;
            if (!played) { Trace($"no sound {sound}"); Room.Log.SoundMissing(Id, sound); }
            done(played);
        });
    }

    public void Echo()
    {
        if (Incoming.Caller.Audio is { } port) Room.Audio.Echo(port);
    }

    public void CollectDigits(Action<char>? pressed)
    {
        if (Incoming.Caller.Audio is { } port) Room.Audio.CollectDigits(port, pressed);
    }

    public void Silence()
    {
        if (Incoming.Caller.Audio is { } port) Room.Audio.Stop(port);
    }

    public void ArmVerb(TimeSpan duration) => Room.Loop.Deadlines.Arm(verbDue, (long)Math.Clamp(duration.TotalMilliseconds, 1, int.MaxValue));

    /// <summary>The handler for a Goto; null when the call has been ended instead.</summary>
    public DialplanEntry? FindHandler(string number)
    {
        if (++gotos > Room.Options.MaxGotos)
        {
            Room.Counters.TooManyGotos++;
            Fail(new InvalidOperationException($"this call has gone on to another number {gotos} times"));
            return null;
        }
        if (plan.FindExtension(number) is { } found) return Handler = found;
        Trace($"nothing answers to {number}");
        Finish(HangupCause.UnallocatedNumber);
        return null;
    }

    public void VerbOver(Verb done)
    {
        if (verb != done) return;
        verb = null;
        Room.Loop.Deadlines.Disarm(verbDue);
        if (scriptRuns && scriptIsTrusted) Room.Loop.Deadlines.Arm(budget, Room.Options.MaxBetweenVerbsMs);
    }

    // ---- the fork

    void IForkOwner.OnForkRinging(ForkLeg leg) => alerting.Ring();

    void IForkOwner.OnForkEarlyMedia(IAudioPort audio) => alerting.PassOn(audio);

    void IForkOwner.OnForkEarlyMediaOver() => alerting.EarlyMediaOver();

    void IForkOwner.OnForkAnswered(ForkLeg winner)
    {
        isTalking = true;
        try
        {
            AnswerCaller();
            if (Incoming.Caller.Audio is { } here && winner.Audio is { } there) Room.Audio.Bridge(here, there);
            else Trace("no audio to connect");
            if (verb is DialVerb dial && dial.IsLastOf(plan) && winner.Leg is { } leg) departure = Room.Paths?.TryLeave(Incoming.Caller, leg, Left);
        }
        catch (Exception e)
        {
            Room.Log.Fault(Id, "connecting", e);
            Finish(HangupCause.TemporaryFailure); // somebody has picked up and cannot be connected: better the end than silence
        }
    }

    void IForkOwner.OnConversationOver(ForkLeg winner, HangupCause cause)
    {
        Trace($"{winner.Description} hung up: {cause}");
        isTalking = false;
        Silence();
        DialOver(new DialResult(DialStatus.Answered, cause) { AnsweredBy = winner.Spelling });
    }

    void IForkOwner.OnForkFailed(DialResult result)
    {
        // A branch with nothing to ring says so at once: what comes next is for the site to say where the call entered (docs/decisions/0002).
        if (IsBranch && result.Status == DialStatus.Unreachable && bestDial is null or { Status: DialStatus.Unreachable } && !Incoming.Caller.IsAnswered)
        {
            Room.Counters.QuietBranches++;
            Trace("nothing to ring here");
            Finish(HangupCause.NormalUnspecified);
            return;
        }
        DialOver(result);
    }

    /// <summary>Caller and winner talk without us from now on.</summary>
    private void Left()
    {
        if (isOver) return;
        Trace("the sites on both sides talk directly: out of the call");
        history.Left = Room.Loop.Clock.UtcNow;
        Room.Counters.Left++;
        fork?.LetGo();
        Finish(HangupCause.NormalClearing, callerIsGone: true);
    }

    private void DialOver(DialResult result)
    {
        StopLeaving();
        if (fork is { } over) history.Add(over);
        fork = null;
        if (bestDial is null || result.Status <= bestDial.Status) bestDial = result;
        if (verb is DialVerb dial) dial.Over(this, result);
        if (!scriptRuns || !scriptIsTrusted) Finish(CauseAtReturn);
    }

    // ---- the script

    private void Begin(Verb wish)
    {
        if (isOver || !scriptIsTrusted) { wish.Fail(new CallEnded(history.Cause)); return; }
        if (verb is not null)
        {
            wish.Fail(new InvalidOperationException("one verb at a time: await the one before"));
            return;
        }
        if (++verbs > Room.Options.MaxVerbs)
        {
            Room.Counters.TooManyVerbs++;
            wish.Fail(new CallEnded(HangupCause.TemporaryFailure));
            Fail(new InvalidOperationException($"this call's handlers have used {Room.Options.MaxVerbs} verbs"));
            return;
        }
        verb = wish;
        Room.Loop.Deadlines.Disarm(budget);
        try { wish.Begin(this); }
        catch (Exception e) { Fail(e); }
    }

    public void ScriptOver(Exception? failure)
    {
        scriptRuns = false;
        Room.Counters.ScriptsRunning--;
        Room.Loop.Deadlines.Disarm(budget);
        plan.Leave();
        if (isOver) trace.Close();
        if (isOver || !scriptIsTrusted) return;
        if (failure is ScriptRanAway) Room.Counters.TooManySteps++;
        if (failure is not null) Fail(failure);
        else Finish(CauseAtReturn);
    }

    public void OnDeadline(Deadline deadline)
    {
        if (deadline.Tag == VerbTimer) { verb?.OnDeadline(this); return; }
        Room.Counters.TooLongBetweenVerbs++;
        Steps.Exhaust();
        Fail(new TimeoutException($"the handler has used no verb for {Room.Options.MaxBetweenVerbsMs} ms"));
    }

    /// <summary>The handler has failed: whatever it still does no longer counts, and the call takes the safe route.</summary>
    private void Fail(Exception failure)
    {
        var (file, line) = ScriptRun.Place(failure, Handler);
        Room.Counters.ScriptFailures++;
        Trace($"the handler failed: {failure.Message}", new ScriptPlace(file, line));
        Room.Log.ScriptFailed(Id, OriginId, Handler, file, line, failure);
        scriptIsTrusted = false;
        Room.Loop.Deadlines.Disarm(budget);
        Room.Loop.Deadlines.Disarm(verbDue);
        Drop(new CallEnded(HangupCause.TemporaryFailure));
        fork?.Cancel(HangupCause.NormalClearing);
        if (fork is { } abandoned) history.Add(abandoned);
        fork = null;
        TakeSafeRoute();
    }

    private void TakeSafeRoute()
    {
        bool isEmergency = Room.Law.Options.IsEmergency(Incoming.Called);
        var route = isEmergency && Room.Options.EmergencyRoute is { } emergency ? emergency(Incoming.Called) : Room.Options.SafeRoute;
        if (route is null || Incoming.Caller.IsAnswered || IsBranch && !isEmergency) { Finish(HangupCause.TemporaryFailure); return; }
        Trace($"safe route: {route}");
        verb = new DialVerb(route, new DialOptions { RingFor = Room.Options.SafeRouteRingFor });
        verb.Begin(this);
    }

    // ---- the end

    void ICallerObserver.OnCallerMoved() => Trace($"the caller goes on as {Incoming.Caller.Description}");

    void ICallerObserver.OnCallerGone(HangupCause cause)
    {
        if (isOver) return;
        Trace($"the caller is gone: {cause}");
        Finish(cause, callerIsGone: true);
    }

    /// <summary>Ends the call and everything of it, once.</summary>
    public void Finish(HangupCause cause, bool callerIsGone = false)
    {
        if (isOver) return;
        Volatile.Write(ref isOver, true);
        Interlocked.MemoryBarrier(); // who asks for the token now sees it, who asked before is seen below
        StopLeaving();
        Room.Loop.Deadlines.Disarm(budget);
        Room.Loop.Deadlines.Disarm(verbDue);
        // Phones of a branch whose origin was answered elsewhere must not show a missed call; those of a caller who gave up must.
        fork?.Cancel(cause == HangupCause.AnsweredElsewhere ? cause : HangupCause.NormalClearing);
        if (fork is { } last) history.Add(last);
        fork = null;
        Guarded("falling silent", cause, static (call, _) => call.Silence());
        if (!callerIsGone) Guarded("ending the caller", cause, static (call, why) => call.Incoming.Caller.End(why));
        if (history.Announcement is not null) Room.Counters.Announcing--;
        Trace($"over: {cause}");
        Room.Watcher?.OnOver(trace);
        Room.Law.Leave(Branch);
        runner.Calls.Remove(this);
        Guarded("writing the record", cause, static (call, why) => call.Room.Records.Write(call.history.Close(call, call.admission, why)));
        Drop(new CallEnded(cause));
        CancelEnded();
        if (!scriptRuns) trace.Close();
    }

    public LiveCallRow Row() => new(Id, OriginId, Incoming.Entry, Incoming.From, Incoming.CallerId.Number, Incoming.Called, State,
        [.. fork?.Legs.Where(l => l.IsAlive).Select(l => l.Description) ?? []], history.Started, history.Answered, isTalking ? fork?.Winner?.Description ?? "" : "");

    private LiveCallState State => isOver ? LiveCallState.Over : isTalking ? LiveCallState.Talking : fork is not null ? LiveCallState.Ringing : LiveCallState.Script;

    private void StopLeaving()
    {
        departure?.Stop();
        departure = null;
    }

    private void MarkAnswered()
    {
        if (history.Answered is not null) return;
        history.Answered = Room.Loop.Clock.UtcNow;
        Room.Counters.Answered++;
    }

    private void Drop(Exception why)
    {
        (dropped, verb) = (verb, null);
        dropped?.Fail(why);
    }

    /// <summary>Whether a handler's task is that of the verb the call ended in.</summary>
    public bool HasDropped(Task handler) => dropped?.Is(handler) == true;

    private void CancelEnded() =>
        _ = Volatile.Read(ref ended) is { } asked ? Task.Factory.StartNew(asked.Cancel, CancellationToken.None, TaskCreationOptions.DenyChildAttach, Room.Scripts) : null;

    private bool Guarded(string what, HangupCause cause, Action<LiveCall, HangupCause> act)
    {
        try { act(this, cause); return true; }
        catch (Exception e) { Room.Log.Fault(Id, what, e); return false; }
    }
}
