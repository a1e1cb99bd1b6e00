using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Io;

namespace Mesh.Host.Sorry.Acme;

/// <summary>
/// Keeps a certificate for each host of the list: looks what is due, orders one after the other in the site's turn, writes what comes where the listener finds it. A failure leaves what is
/// in force and the host alone for a while.
/// </summary>
public sealed class AcmeOrders : IMetricSource, IAsyncDisposable
{
    private readonly AcmeConfig config;
    private readonly AcmeSurroundings around;
    private readonly ChallengeAnswers challenges;
    private readonly TimeProvider time;
    private readonly AcmeOptions options;
    private readonly CancellationTokenSource stop = new();
    private readonly SemaphoreSlim gate = new(1, 1);
    private AcmeKey? key;
    private AcmeClient? client;
    private AcmeLedger? ledger;
    private Task running = Task.CompletedTask;
    private string unready = "";
    private bool isLimited;
    private long issued, failed, limited;

    public AcmeOrders(AcmeConfig config, ChallengeAnswers challenges, AcmeSurroundings around, TimeProvider time, AcmeOptions options) =>
        (this.config, this.challenges, this.around, this.time, this.options) = (config, challenges, around, time, options);

    /// <summary>How each host of the list stands.</summary>
    public IReadOnlyList<AcmeStanding> Standings => [.. config.Hosts.Select(Standing)];

    /// <summary>Looks and orders until disposed.</summary>
    public void Start() => running = RunAsync();

    /// <summary>Orders what is due, if it is this site's turn and the day's orders are not used up.</summary>
    public async Task LookAsync(CancellationToken cancelled)
    {
        await gate.WaitAsync(cancelled);
        try
        {
            Prepare();
            foreach (var host in config.Hosts)
            {
                if (Standing(host).Due > time.GetUtcNow() || !AcmeSchedule.IsTurn(around.Site, around.Sites, time.GetUtcNow(), options.Turn)) continue;
                if (!MayBegin()) return;
                await OrderAsync(host, cancelled);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException) { Unready(e.Message); }
        finally { gate.Release(); }
    }

    public void Write(MetricWriter writer)
    {
        const string Help = "Orders of certificates by what became of them; limited: not begun, the day's are used up.";
        writer.Counter("mesh_sorry_acme_orders_total", Help, Volatile.Read(ref issued), ("outcome", "issued"));
        writer.Counter("mesh_sorry_acme_orders_total", Help, Volatile.Read(ref failed), ("outcome", "failed"));
        writer.Counter("mesh_sorry_acme_orders_total", Help, Volatile.Read(ref limited), ("outcome", "limited"));
        writer.Counter("mesh_sorry_acme_bad_nonces_total", "Requests to the authority that were sent again with another nonce.", client?.BadNonces ?? 0);
        foreach (var standing in Standings)
        {
            writer.Gauge("mesh_sorry_acme_failures", "Orders of the host that failed in a row.", standing.Failure?.Times ?? 0, ("host", standing.Host));
            writer.Gauge("mesh_sorry_acme_end_seconds", "When the certificate ordered for the host ends, in seconds since 1970; 0: there is none.", standing.Until?.ToUnixTimeSeconds() ?? 0, ("host", standing.Host));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running;
        await gate.WaitAsync();
        key?.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                try { await LookAsync(stop.Token); }
                // Our own mistake ends one look.
                catch (Exception e) when (e is not OperationCanceledException) { Unready(e.Message); }
                await Task.Delay(options.LookEvery, time, stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The site ends.
        }
    }

    private async Task OrderAsync(string host, CancellationToken cancelled)
    {
        try
        {
            var certificate = await client!.OrderAsync(host, cancelled);
            PrivateFile.Write(around.FileOf(host), certificate.Pem);
            ledger!.End(host, null);
            Interlocked.Increment(ref issued);
            around.Log.Issued(host, certificate.NotAfter);
        }
        catch (Exception e) when (e is AcmeException or JournalException or CryptographicException)
        {
            Interlocked.Increment(ref failed);
            int times = (ledger!.FailureOf(host)?.Times ?? 0) + 1;
            var next = time.GetUtcNow() + AcmeSchedule.BackOff(times, options, around.Chance.NextDouble());
            var failure = new AcmeFailure(times, e is AcmeException { NotBefore: { } later } && later > next ? later : next, e.Message);
            ledger.End(host, failure);
            around.Log.Failed(host, failure);
        }
    }

    private async Task ShowAsync(string host, string token, string authorization, CancellationToken cancelled)
    {
        var entry = await challenges.ShowAsync(host, token, authorization, cancelled);
        long began = time.GetTimestamp();
        while (around.Lacking(entry) is { Count: > 0 } lacking)
        {
            if (time.GetElapsedTime(began) >= options.ShareWithin)
            {
                around.Log.Unheard(host, string.Join(", ", lacking));
                return;
            }
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancelled);
        }
    }

    private void Prepare()
    {
        ledger ??= new AcmeLedger(Path.Combine(around.Folder, "ledger.json"));
        key ??= AcmeKey.Open(Path.Combine(around.Folder, "account.key"));
        client ??= new AcmeClient(config, key, options, time, ShowAsync);
    }

    private bool MayBegin()
    {
        if (ledger!.TryBegin(time.GetUtcNow(), config.OrdersADay)) return !(isLimited = false);
        Interlocked.Increment(ref limited);
        if (!isLimited) around.Log.Limited(config.OrdersADay);
        isLimited = true;
        return false;
    }

    private AcmeStanding Standing(string host)
    {
        var failure = ledger?.FailureOf(host);
        DateTimeOffset? until = null;
        var due = DateTimeOffset.MinValue;
        string file = around.FileOf(host);
        try
        {
            if (File.Exists(file))
            {
                using var leaf = X509Certificate2.CreateFromPem(File.ReadAllText(file));
                var (from, end) = IssuedCertificate.Life(leaf);
                (until, due) = (end, AcmeSchedule.RenewAt(from, end));
            }
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // As good as none: another is ordered.
        }
        return new AcmeStanding(host, until, failure is not null && failure.NotBefore > due ? failure.NotBefore : due, failure);
    }

    private void Unready(string why)
    {
        if (why == unready) return;
        unready = why;
        around.Log.Unready(why);
    }
}
