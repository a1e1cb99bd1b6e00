using System.Globalization;
using Mesh.Host.IaxTester.Calls;
using Mesh.Iax2;
using Mesh.Iax2.Peers;
using Mesh.Io;

namespace Mesh.Host.IaxTester.Load;

/// <summary>Places calls at a rate and adds up what becomes of them. The endpoint's loop only.</summary>
public sealed class LoadRun : IDeadlineOwner
{
    private const int TickMs = 5;

    private readonly IaxEndpoint endpoint;
    private readonly Peer peer;
    private readonly LoadOptions options;
    private readonly Deadline tick;
    private readonly long beganMs;
    private readonly TaskCompletionSource done = new();
    private readonly HashSet<TestCall> open = [];
    private readonly List<double> setups = [];
    private readonly SortedDictionary<string, long> failures = new(StringComparer.Ordinal);
    private long placed, answered, completed, failed, sent, received, lost, late;
    private double jitterSum;
    private long jitterCalls;
    private bool isStopping;

    public LoadRun(IaxEndpoint endpoint, Peer peer, LoadOptions options)
    {
        (this.endpoint, this.peer, this.options) = (endpoint, peer, options);
        tick = new Deadline(this);
        beganMs = endpoint.Loop.Clock.NowMs;
    }

    /// <summary>Begins, on the loop; the task ends when the last call has.</summary>
    public Task RunAsync()
    {
        OnDeadline(tick);
        return done.Task;
    }

    /// <summary>No further call; those open are ended.</summary>
    public void Stop()
    {
        isStopping = true;
        foreach (var call in open.ToArray()) call.End();
    }

    public LoadFigures Figures()
    {
        double seconds = Math.Max(0.001, (endpoint.Loop.Clock.NowMs - beganMs) / 1000.0);
        var counters = endpoint.Counters;
        return new LoadFigures(seconds, placed, answered, completed, failed, open.Count, placed / seconds, SetupTimes.Of(setups), new SortedDictionary<string, long>(failures, StringComparer.Ordinal),
            sent, received, lost, received + lost == 0 ? 0 : 100.0 * lost / (received + lost), jitterCalls == 0 ? 0 : jitterSum / jitterCalls,
            counters.FullSent + counters.MinisSent, counters.FullReceived + counters.MinisReceived + counters.TrunksReceived, counters.Retransmissions, late);
    }

    public void OnDeadline(Deadline deadline)
    {
        // By the clock, not by ticks: a machine that was held up catches up.
        long due = Math.Min(options.Calls, 1 + (long)((endpoint.Loop.Clock.NowMs - beganMs) * options.Rate / 1000));
        while (!isStopping && placed < due)
        {
            if (open.Count >= options.Concurrent) { late++; break; }
            placed++;
            Begin();
        }
        bool isFinished = (isStopping || placed >= options.Calls) && open.Count == 0;
        if (isFinished) done.TrySetResult();
        else endpoint.Loop.Deadlines.Arm(tick, TickMs);
    }

    private void Begin()
    {
        CallOutcome? ended = null;
        var call = TestCall.Place(endpoint, peer, options.Call, (self, outcome) =>
        {
            ended = outcome;
            open.Remove(self);
            Count(outcome);
        }, ms =>
        {
            answered++;
            setups.Add(ms);
        });
        if (ended is null) open.Add(call);
    }

    private void Count(CallOutcome outcome)
    {
        (sent, received, lost) = (sent + outcome.VoiceSent, received + outcome.VoiceReceived, lost + outcome.VoiceLost);
        if (outcome.VoiceReceived > 1) { jitterSum += outcome.JitterMs; jitterCalls++; }
        if (outcome.Result == CallResult.Completed) { completed++; return; }
        failed++;
        string why = outcome.Result switch
        {
            CallResult.Unreachable => "unreachable",
            CallResult.NoAnswer => "no answer",
            CallResult.Lost => "lost",
            CallResult.NotPlaced => string.Create(CultureInfo.InvariantCulture, $"not placed, cause {(int)outcome.Cause}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"refused, cause {(int)outcome.Cause}{(outcome.CauseText.Length > 0 ? $" {outcome.CauseText}" : "")}"),
        };
        failures[why] = failures.GetValueOrDefault(why) + 1;
    }
}
