namespace Mesh.Dialplan.Calls;

/// <summary>One thing a handler asked for, on its way: begun on the signalling loop, over when it has happened or the call is over. One at a time in a call.</summary>
internal abstract class Verb
{
    /// <summary>The line of the plan it stands in.</summary>
    public ScriptPlace At { get; init; }

    /// <summary>Whose script asked for it; null for the safe route.</summary>
    public LiveCall? Asker { get; set; }

    /// <summary>Begins it. Loop only, as all below.</summary>
    public abstract void Begin(LiveCall call);

    /// <summary>The deadline it armed has passed.</summary>
    public virtual void OnDeadline(LiveCall call) { }

    /// <summary>What it waits for throws <paramref name="why"/> in the script.</summary>
    public abstract void Fail(Exception why);

    /// <summary>Whether the script was given this task to wait for.</summary>
    public virtual bool Is(Task task) => false;
}

/// <summary>A verb that gives the script a value.</summary>
internal abstract class Verb<T> : Verb
{
    private TaskCompletionSource<T>? done;

    /// <summary>What the script waits for. It goes on on its own scheduler, inside the loop only where it runs <paramref name="onLoop"/>. Once, before the verb begins.</summary>
    public Task<T> Wait(bool onLoop)
    {
        done = new(onLoop ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        return done.Task;
    }

    public override void Fail(Exception why) => done?.TrySetException(why);

    public override bool Is(Task task) => done?.Task == task;

    protected void Complete(LiveCall call, T value)
    {
        call.VerbOver(this);
        done?.TrySetResult(value);
    }
}
