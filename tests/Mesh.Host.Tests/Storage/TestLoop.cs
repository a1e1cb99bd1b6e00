using Mesh.Io;

namespace Mesh.Host.Tests.Storage;

/// <summary>A real loop that is running.</summary>
public static class TestLoop
{
    public static Loop Start()
    {
        var loop = DatagramLoops.Create("test", new MeshClock(TimeProvider.System), new SeededChance(1));
        loop.Start();
        return loop;
    }

    public static Task<T> On<T>(this Loop loop, Action<TaskCompletionSource<T>> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(_ => work(done));
        return done.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }
}
