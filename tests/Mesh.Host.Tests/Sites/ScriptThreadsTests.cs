using Mesh.Host.Sites;

namespace Mesh.Host.Tests.Sites;

/// <summary>Scripts that block or spin are given threads, up to a limit; what awaits goes on where scripts run.</summary>
public class ScriptThreadsTests
{
    [Fact]
    public async Task A_script_goes_on_where_scripts_run()
    {
        using var threads = new ScriptThreads(TimeProvider.System, usual: 1);
        var before = new List<string?>();
        await On(threads, async () =>
        {
            before.Add(Thread.CurrentThread.Name);
            await Task.Yield();
            before.Add(Thread.CurrentThread.Name);
            await Task.Delay(1);
            before.Add(Thread.CurrentThread.Name);
        });
        Assert.All(before, name => Assert.StartsWith("scripts-", name));
    }

    [Fact]
    public async Task Scripts_that_block_do_not_keep_others_waiting_and_their_threads_are_limited()
    {
        using var threads = new ScriptThreads(TimeProvider.System, usual: 2, most: 8);
        using var release = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, 7).Select(_ => On(threads, () => { release.Wait(); return Task.CompletedTask; })).ToArray();
        int ran = 0;
        await On(threads, () => { ran++; return Task.CompletedTask; }).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, ran);
        Assert.Equal(8, threads.Threads);
        var more = Enumerable.Range(0, 4).Select(_ => On(threads, () => { release.Wait(); return Task.CompletedTask; })).ToArray();
        Assert.Equal(8, threads.Threads);
        release.Set();
        await Task.WhenAll(blocked.Concat(more)).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task Many_short_steps_need_no_more_threads_than_usual()
    {
        using var threads = new ScriptThreads(TimeProvider.System, usual: 2);
        long sum = 0;
        await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => On(threads, async () =>
        {
            await Task.Yield();
            Interlocked.Add(ref sum, i);
        }))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(10_000L * 9_999 / 2, sum);
    }

    private static Task On(TaskScheduler scheduler, Func<Task> script) => Task.Factory.StartNew(script, CancellationToken.None, TaskCreationOptions.DenyChildAttach, scheduler).Unwrap();
}
