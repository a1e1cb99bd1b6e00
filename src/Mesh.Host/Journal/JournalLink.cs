using System.Net;
using System.Text;
using System.Threading.Channels;
using Mesh.Io;

namespace Mesh.Host.Journal;

/// <summary>
/// Keeps one other site's journal and this one's the same: at once when something is new here, and every <see cref="JournalLimits.PullEvery"/> whatever happened. Each exchange brings and
/// fetches; they follow each other until neither lacks anything.
/// </summary>
public sealed class JournalLink : IDisposable
{
    private readonly SharedJournal journal;
    private readonly JournalOther other;
    private readonly string site;
    private readonly TimeProvider time;
    private readonly IChance chance;
    private readonly JournalLimits limits;
    private readonly HttpClient http;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // What the other site had when it last said so; nothing is sent to one that never has.
    private volatile IReadOnlyDictionary<string, long>? theirs;
    private IReadOnlySet<string> conflicts = new HashSet<string>();
    private string? trouble;

    /// <param name="chance">Of this link alone.</param>
    public JournalLink(SharedJournal journal, string site, JournalOther other, TimeProvider time, IChance chance, JournalLimits limits)
    {
        (this.journal, this.site, this.other, this.time, this.chance, this.limits) = (journal, site, other, time, chance, limits);
        http = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, ConnectTimeout = limits.AnswerWithin, UseCookies = false })
        {
            Timeout = limits.AnswerWithin,
            MaxResponseContentBufferSize = limits.ExchangeOctets,
        };
    }

    /// <summary>Done after the first exchange, whether or not the other site answered.</summary>
    public Task Asked => asked.Task;

    /// <summary>The other site's name.</summary>
    public string Other => other.Name;

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
        http.Dispose();
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
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or JournalException or ObjectDisposedException)
        {
            journal.Counters.Failure();
            Tell(e is OperationCanceledException ? "no answer" : e.Message);
        }
    }

    // True when it got further and there is more.
    private async Task<bool> ExchangeAsync()
    {
        var state = journal.State;
        byte[] question = JournalExchange.Of(state, theirs is null ? [] : state.MissingFrom(theirs, limits, conflicts)).ToOctets();
        byte[] random = new byte[16];
        chance.Fill(random);
        string nonce = Convert.ToHexStringLower(random);
        using var request = new HttpRequestMessage(HttpMethod.Post, other.Address) { Content = new ByteArrayContent(question) };
        request.Headers.TryAddWithoutValidation("Authorization", other.Mac.Question(site, other.Name, time.GetUtcNow(), nonce, question));
        using var response = await http.SendAsync(request, stop.Token);
        byte[] body = await response.Content.ReadAsByteArrayAsync(stop.Token);
        if (response.StatusCode != HttpStatusCode.OK) throw new HttpRequestException($"it refuses: {(int)response.StatusCode}{Reason(body)}");
        string? mac = response.Headers.TryGetValues(JournalMac.AnswerHeader, out var macs) ? macs.FirstOrDefault() : null;
        if (!other.Mac.IsAnswer(mac, other.Name, site, nonce, body) || JournalExchange.Read(body) is not { } answer)
        {
            journal.Counters.Refuse(JournalRefusal.Forged);
            throw new HttpRequestException("its answer is not made with our mesh key");
        }
        (var merge, conflicts) = await journal.TakeAsync(answer, stop.Token);
        journal.Counters.Exchange();
        bool theyLearnt = theirs is null || answer.Have.Any(h => h.Value > theirs.GetValueOrDefault(h.Key));
        theirs = answer.Have;
        return (merge.New.Count > 0 && answer.Have.Any(h => h.Value > journal.State.Last(h.Key))) || (theyLearnt && journal.State.MissingFrom(theirs, limits, conflicts).Count > 0);
    }

    // Whoever answers is not known to be the other site: a word of ours, or nothing, goes into the log.
    private static string Reason(byte[] body) => body.Length < 100 && Enum.TryParse(Encoding.UTF8.GetString(body).Trim(), out JournalRefusal why) && Enum.IsDefined(why) ? $" {why}" : "";

    private void Tell(string? why)
    {
        if (why == trouble || stop.IsCancellationRequested) return;
        trouble = why;
        OnTrouble(other.Name, why);
    }
}

/// <summary>Another site, as the journal needs it.</summary>
/// <param name="Address">Of <see cref="JournalPages.Path"/> on its admin listener.</param>
public sealed record JournalOther(string Name, Uri Address, JournalMac Mac);
