using Mesh.Io;

namespace Mesh.Host.IaxTester.Raw;

/// <summary>Asynchronous work that lives on a loop: it begins there, and every wait inside it ends there.</summary>
public static class LoopWork
{
    /// <summary>Begins <paramref name="work"/> on the loop; the task is completed off it.</summary>
    public static Task<T> Run<T>(Loop loop, Func<Task<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        // What it throws is in the task.
        loop.Post(_ => { var followed = Follow(); });
        return done.Task;

        async Task Follow()
        {
            try { done.SetResult(await work()); }
            catch (Exception e) { done.SetException(e); }
        }
    }

    public static Task Run(Loop loop, Func<Task> work) => Run(loop, async () => { await work(); return true; });

    /// <summary>Lets time pass, on the loop.</summary>
    public static Task Pause(Loop loop, long ms)
    {
        var pause = new LoopPause();
        loop.Deadlines.Arm(pause.Deadline, Math.Max(1, ms));
        return pause.Done.Task;
    }

    private sealed class LoopPause : IDeadlineOwner
    {
        public LoopPause() => Deadline = new Deadline(this);

        public Deadline Deadline { get; }

        public TaskCompletionSource Done { get; } = new();

        public void OnDeadline(Deadline deadline) => Done.SetResult();
    }
}
