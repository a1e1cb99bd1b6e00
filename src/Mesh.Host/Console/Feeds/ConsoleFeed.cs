using System.Threading.Channels;
using Mesh.Host.Pages;

namespace Mesh.Host.Console.Feeds;

/// <summary>
/// The changing part of one page. While anybody looks it is made again every <see cref="ConsoleLimits.Every"/>, once for all of them, and sent when it is not what it was; while
/// nobody does it costs nothing. Any thread.
/// </summary>
/// <param name="fresh">How long what was made is good, unless it is forgotten.</param>
public sealed class ConsoleFeed(string name, Func<CancellationToken, Task<Html>> make, TimeSpan fresh, TimeProvider time, ConsoleLimits limits, ConsoleCounters counters) : IAsyncDisposable
{
    private readonly Lock gate = new();
    private readonly SemaphoreSlim making = new(1, 1);
    private readonly CancellationTokenSource stop = new();
    private readonly List<Channel<string>> readers = [];
    private Task running = Task.CompletedTask;
    private bool isRunning;
    private volatile Made? last;
    private int changes;

    private sealed record Made(string Text, long At);

    /// <summary>In its address.</summary>
    public string Name => name;

    /// <summary>As it is now, or was a moment ago.</summary>
    public async Task<Html> CurrentAsync(CancellationToken cancelled) => Html.Trusted(await MakeAsync(cancelled));

    /// <summary>Something was written: what was made before is not sent again.</summary>
    public void Forget()
    {
        Interlocked.Increment(ref changes);
        last = null;
    }

    /// <summary>What it becomes, from now on, the latest only: who reads slowly misses what is over. Ends with <see cref="Leave"/>.</summary>
    public ChannelReader<string> Join()
    {
        var reader = Channel.CreateBounded<string>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (gate)
        {
            readers.Add(reader);
            // Whoever begins the rounds is sent the first of them.
            if (isRunning && last is { } made) reader.Writer.TryWrite(made.Text);
            if (!isRunning && !stop.IsCancellationRequested)
            {
                isRunning = true;
                running = RunAsync(running);
            }
        }
        return reader.Reader;
    }

    public void Leave(ChannelReader<string> reader)
    {
        lock (gate) readers.RemoveAll(r => r.Reader == reader);
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Task ending;
        lock (gate) ending = running;
        await ending;
    }

    private async Task RunAsync(Task before)
    {
        await before;
        await Task.Yield();
        string sent = "";
        bool isFirst = true;
        while (true)
        {
            try
            {
                string text = await MakeAsync(stop.Token);
                if (text != sent || isFirst) Send(text);
                (sent, isFirst) = (text, false);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
            // One page that cannot be made must not end the others, nor this one for ever.
            catch (Exception) { counters.Fault(); }
            lock (gate)
            {
                if (readers.Count == 0 || stop.IsCancellationRequested)
                {
                    isRunning = false;
                    return;
                }
            }
            try { await Task.Delay(limits.Every, time, stop.Token); }
            catch (OperationCanceledException) { }
        }
    }

    // Who came since has what was made last; all others are told what is new.
    private void Send(string text)
    {
        lock (gate)
            foreach (var reader in readers) reader.Writer.TryWrite(text);
    }

    private async Task<string> MakeAsync(CancellationToken cancelled)
    {
        await making.WaitAsync(cancelled);
        try
        {
            if (last is { } kept && time.GetElapsedTime(kept.At) < fresh) return kept.Text;
            int before = Volatile.Read(ref changes);
            var made = new Made((await make(cancelled)).Markup, time.GetTimestamp());
            counters.Fragment();
            last = before == Volatile.Read(ref changes) ? made : null;
            return made.Text;
        }
        finally { making.Release(); }
    }
}
