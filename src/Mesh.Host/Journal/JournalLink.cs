using System.Threading.Channels;
using Mesh.Host.Admin.Neighbours;
using Mesh.Io;

namespace Mesh.Host.Journal;

/// <summary>
/// Keeps one other site's journal and this one's the same: at once when something is new here, and every <see cref="JournalLimits.PullEvery"/> whatever happened. Each exchange brings and
/// fetches; they follow each other until neither lacks anything.
/// </summary>
public sealed class JournalLink : IDisposable
{
    private readonly SharedJournal journal;
    private readonly TimeProvider time;
    private readonly JournalLimits limits;
    private readonly PairLink link;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // What the other site had when it last said so; nothing is sent to one that never has.
    private volatile IReadOnlyDictionary<string, long>? theirs;
    private IReadOnlySet<string> conflicts = new HashSet<string>();
    private string? trouble;

    /// <param name="chance">Of this link alone.</param>
    public JournalLink(SharedJournal journal, string site, PairPlace other, TimeProvider time, IChance chance, JournalLimits limits)
    {
        (this.journal, this.time, this.limits) = (journal, time, limits);
        link = new PairLink(site, other, time, chance, limits.Pair);
    }

    /// <summary>Done after the first exchange, whether or not the other site answered.</summary>
    public Task Asked => asked.Task;

    /// <summary>The other site's name.</summary>
    public string Other => link.Name;

    /// <summary>Whether the other site has said that it has <paramref name="entry"/>.</summary>
    public bool IsThere(JournalEntry entry) => theirs is { } have && have.GetValueOrDefault(entry.Site) >= entry.Number;

    /// <summary>Told when exchanging stops working, with why, and when it works again, with null.</summary>
    public Action<string, string?> OnTrouble { get; init; } = (_, _) => { };

    /// <summary>Exchanges until <see cref="Dispose"/>.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                await ExchangeAllAsync();
                asked.TrySetResult();
                await WaitAsync();
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
        finally { asked.TrySetResult(); }
    }

    /// <summary>Something is new here.</summary>
    public void Wake() => news.Writer.TryWrite(true);

    public void Dispose()
    {
        stop.Cancel();
        link.Dispose();
    }

    private async Task WaitAsync()
    {
        using var due = new CancellationTokenSource(limits.PullEvery, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stop.Token);
        try
        {
            // What came from that very site is new here, but not there.
            do await news.Reader.ReadAsync(either.Token);
            while (theirs is not null && journal.State.MissingFrom(theirs, limits, conflicts).Count == 0);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested) { }
    }

    private async Task ExchangeAllAsync()
    {
        try
        {
            while (await ExchangeAsync()) { }
            Tell(conflicts.Count == 0 ? null : $"its entries made at {string.Join(", ", conflicts.Order(StringComparer.Ordinal))} are not those had here under the same numbers; was a disk lost?");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { throw; }
        catch (Exception e) when (e is HttpRequestException or JournalException)
        {
            journal.Counters.Failure();
            Tell(e.Message);
        }
    }

    // True when it got further and there is more.
    private async Task<bool> ExchangeAsync()
    {
        var state = journal.State;
        byte[] question = JournalExchange.Of(state, theirs is null ? [] : state.MissingFrom(theirs, limits, conflicts)).ToOctets();
        var got = await link.AskAsync(question, stop.Token);
        var answer = got.Fault == PairFault.None ? JournalExchange.Read(got.Body) : null;
        if (answer is null)
        {
            // What holds and is no message was made with the key by another version.
            if (got.Fault is PairFault.Forged or PairFault.None) journal.Counters.Refuse(got.Fault == PairFault.Forged ? PairRefusal.Forged : PairRefusal.Malformed);
            throw new HttpRequestException(got.Fault == PairFault.None ? "its answer is no message of the journal" : got.Why);
        }
        (var merge, conflicts) = await journal.TakeAsync(answer, stop.Token);
        journal.Counters.Exchange();
        bool theyLearnt = theirs is null || answer.Have.Any(h => h.Value > theirs.GetValueOrDefault(h.Key));
        theirs = answer.Have;
        return (merge.New.Count > 0 && answer.Have.Any(h => h.Value > journal.State.Last(h.Key))) || (theyLearnt && journal.State.MissingFrom(theirs, limits, conflicts).Count > 0);
    }

    private void Tell(string? why)
    {
        if (why == trouble || stop.IsCancellationRequested) return;
        trouble = why;
        OnTrouble(link.Name, why);
    }
}
