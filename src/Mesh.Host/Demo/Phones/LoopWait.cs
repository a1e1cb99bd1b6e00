using Mesh.Io;

namespace Mesh.Host.Demo.Phones;

/// <summary>Waits, off a loop, for something that is true on it: looked at on the loop each <see cref="LookEveryMs"/>, in virtual time as in real.</summary>
public sealed class LoopWait : IDeadlineOwner
{
    public const int LookEveryMs = 2;
    private readonly Loop loop;
    private readonly Func<bool> condition;
    private readonly long untilMs;
    private readonly Deadline look;
    private readonly TaskCompletionSource<bool> seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoopWait(Loop loop, Func<bool> condition, long untilMs)
    {
        (this.loop, this.condition, this.untilMs) = (loop, condition, untilMs);
        look = new Deadline(this);
    }

    /// <summary>True once <paramref name="condition"/> holds; false when it did not within <paramref name="limitMs"/>.</summary>
    public static Task<bool> Until(Loop loop, int limitMs, Func<bool> condition)
    {
        var wait = new LoopWait(loop, condition, loop.Clock.NowMs + limitMs);
        loop.Post(static w => ((LoopWait)w!).Look(), wait);
        return wait.seen.Task;
    }

    /// <summary>Lets time pass.</summary>
    public static Task For(Loop loop, int ms) => Until(loop, ms, static () => false);

    /// <summary>Does something on the loop and brings its result.</summary>
    public static Task<T> Ask<T>(Loop loop, Func<T> question)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(_ =>
        {
            try { answer.SetResult(question()); }
            catch (Exception e) { answer.SetException(e); }
        });
        return answer.Task;
    }

    public void OnDeadline(Deadline deadline) => Look();

    private void Look()
    {
        try
        {
            if (condition()) seen.SetResult(true);
            else if (loop.Clock.NowMs >= untilMs) seen.SetResult(false);
            else loop.Deadlines.Arm(look, LookEveryMs);
        }
        catch (Exception e) { seen.SetException(e); }
    }
}
