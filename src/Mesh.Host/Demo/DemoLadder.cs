using Mesh.Host.Admin;
using Mesh.Host.Demo.Phones;
using Mesh.Io;

namespace Mesh.Host.Demo;

/// <summary>
/// The ladder as it happens: what the phones see, and, from the sites' traces, what the sites say to each other over IAX2. Held back for <see cref="HoldMs"/> so that what comes
/// from several places is shown in its order. Any thread.
/// </summary>
public sealed class DemoLadder(DemoBundle bundle, Loop loop, DemoScreen screen)
{
    public const int HoldMs = 250;
    private const int LookEveryMs = 100;
    private readonly Lock gate = new();
    private readonly PriorityQueue<Line, (long AtMs, long Order)> held = new();
    private readonly Dictionary<string, int> read = new(StringComparer.Ordinal);
    private readonly Dictionary<NetAddress, string> names = bundle.Sites.Keys.ToDictionary(bundle.SipOf);
    private readonly DateTimeOffset origin = loop.Clock.UtcNow.AddMilliseconds(-loop.Clock.NowMs);
    private long order, zeroMs;
    private bool isShowing;

    /// <summary>Times are shown from here on as seconds since now.</summary>
    public void Begin()
    {
        lock (gate)
        {
            zeroMs = loop.Clock.NowMs;
            isShowing = true;
        }
    }

    public void Add(PhoneEvent seen)
    {
        string site = names.GetValueOrDefault(seen.Site, seen.Site.ToString());
        Hold(seen.AtMs, seen.Sent ? seen.Account : site, seen.Sent ? site : seen.Account, seen.Message);
    }

    /// <summary>Reads the sites' traces and shows what is due, until told to stop; then shows the rest.</summary>
    public async Task ShowAsync(DemoSites sites, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await ReadAsync(sites, stop);
                Show(loop.Clock.NowMs - HoldMs);
                await LoopWait.For(loop, LookEveryMs).WaitAsync(stop);
            }
        }
        catch (OperationCanceledException) { /* told to stop */ }
        await ReadAsync(sites, CancellationToken.None);
        Show(long.MaxValue);
    }

    private async Task ReadAsync(DemoSites sites, CancellationToken cancelled)
    {
        foreach (string site in sites.Running.ToArray())
            foreach (var trace in await sites.TracesAsync(site, cancelled))
            {
                string call = $"{trace.Call} {trace.Origin}";
                int known = read.GetValueOrDefault(call);
                long startedMs = (long)(trace.StartedAt - origin).TotalMilliseconds;
                foreach (var line in trace.Lines.Skip(known)) Add(site, startedMs + line.AtMs, line.Text);
                read[call] = trace.Lines.Count;
            }
    }

    private void Add(string site, long atMs, string text)
    {
        if (IaxArrow.Of(site, text) is { } arrow) Hold(atMs, arrow.From, arrow.To, arrow.Message);
        else if (text.Contains("failed", StringComparison.Ordinal)) Hold(atMs, site, site, text);
    }

    private void Hold(long atMs, string from, string to, string message)
    {
        lock (gate)
            if (isShowing) held.Enqueue(new Line(atMs, from, to, message), (atMs, order++));
    }

    private void Show(long untilMs)
    {
        while (true)
        {
            Line line;
            double seconds;
            lock (gate)
            {
                if (!held.TryPeek(out line, out _) || line.AtMs > untilMs) return;
                held.Dequeue();
                seconds = (line.AtMs - zeroMs) / 1000.0;
            }
            screen.Arrow(seconds, line.From, line.To, line.Message);
        }
    }

    private readonly record struct Line(long AtMs, string From, string To, string Message);
}
