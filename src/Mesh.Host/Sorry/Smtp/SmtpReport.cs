namespace Mesh.Host.Sorry.Smtp;

/// <summary>Who tried to write to whom, by domain: kept in memory, bounded, gone with the process. Domains without a switch are not kept: nobody asked, and anybody could fill it with them.</summary>
public sealed class SmtpReport(TimeProvider time, int maxDomains = 1_000, int maxRows = 500)
{
    private sealed class Domain
    {
        public readonly Dictionary<(string, string), TriedToWrite> Rows = [];
        public long Tries, NotKept;
    }

    private readonly Dictionary<string, Domain> domains = new(StringComparer.Ordinal);
    private readonly Lock gate = new();
    private long notKept;

    /// <summary>Tries of domains for which there was no room.</summary>
    public long NotKept { get { lock (gate) return notKept; } }

    public void Add(ToldRecipient told, string code)
    {
        if (told.Notice is null) return;
        var now = time.GetUtcNow();
        lock (gate)
        {
            if (!domains.TryGetValue(told.Domain, out var domain))
            {
                if (domains.Count >= maxDomains)
                {
                    notKept++;
                    return;
                }
                domains[told.Domain] = domain = new Domain();
            }
            domain.Tries++;
            var key = (told.Sender, told.Recipient);
            if (domain.Rows.TryGetValue(key, out var row)) domain.Rows[key] = row with { Tries = row.Tries + 1, Last = now, Code = code };
            else if (domain.Rows.Count < maxRows) domain.Rows[key] = new TriedToWrite(told.Sender, told.Recipient, code, 1, now, now);
            else domain.NotKept++;
        }
    }

    /// <summary>Each domain, or the one asked for, its latest senders first.</summary>
    public IReadOnlyList<DomainReport> Read(string? only = null)
    {
        lock (gate)
            return [.. domains.Where(d => only is null || d.Key == only).OrderBy(d => d.Key, StringComparer.Ordinal)
                .Select(d => new DomainReport(d.Key, d.Value.Tries, d.Value.NotKept, [.. d.Value.Rows.Values.OrderByDescending(r => r.Last)]))];
    }
}

/// <summary>Mail that was not taken.</summary>
/// <param name="From">Of the envelope; empty for a report of mail that came back.</param>
/// <param name="Code">What was answered last.</param>
public sealed record TriedToWrite(string From, string To, string Code, long Tries, DateTimeOffset First, DateTimeOffset Last);

/// <summary>Who tried to write to a domain.</summary>
/// <param name="NotKept">Tries of senders for whom there was no room.</param>
public sealed record DomainReport(string Domain, long Tries, long NotKept, IReadOnlyList<TriedToWrite> Rows);
