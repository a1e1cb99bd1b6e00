namespace Mesh.Dialplan.Calls;

/// <summary>One thing a handler asked for, on its way: begun on the signalling loop, over when it has happened or the call is over. One at a time in a call.</summary>
internal abstract class Verb
{
    /// <summary>The line of the plan it stands in.</summary>
    public ScriptPlace At { get; init; }

    /// <summary>Begins it. Loop only, as all below.</summary>
    public abstract void Begin(LiveCall call);

    /// <summary>The deadline it armed has passed.</summary>
    public virtual void OnDeadline(LiveCall call) { }

    /// <summary>What it waits for throws <paramref name="why"/> in the script.</summary>
    public abstract void Fail(Exception why);
}

/// <summary>A verb that gives the script a value.</summary>
internal abstract class Verb<T> : Verb
{
    // The script must go on on its own scheduler, never inside the loop.
    private readonly TaskCompletionSource<T> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => done.Task;

    public override void Fail(Exception why) => done.TrySetException(why);

    protected void Complete(LiveCall call, T value)
    {
        call.VerbOver(this);
        done.TrySetResult(value);
    }
}
