using Mesh.Host.Admin;

namespace Mesh.Host.Sorry.Http;

/// <summary>What sorry over HTTP did; written by many threads.</summary>
public sealed class HttpCounters : IMetricSource
{
    private static readonly HttpOutcome[] Outcomes = Enum.GetValues<HttpOutcome>();
    private readonly long[] counts = new long[Outcomes.Length];

    public long Of(HttpOutcome outcome) => Volatile.Read(ref counts[(int)outcome]);

    public void Count(HttpOutcome outcome) => Interlocked.Increment(ref counts[(int)outcome]);

    public void Write(MetricWriter writer)
    {
        foreach (var outcome in Outcomes) writer.Counter("mesh_sorry_http_total", "Requests by how they were answered; source and framing are refusals.", Of(outcome), ("outcome", outcome.ToString().ToLowerInvariant()));
    }
}

/// <summary>How a request or a connection was answered.</summary>
public enum HttpOutcome
{
    Page,

    /// <summary>A page for a host without a switch.</summary>
    Unlisted,
    Redirect,

    /// <summary>An answer of ACME HTTP-01.</summary>
    Challenge,

    /// <summary>A stored page, and what stored pages are made of.</summary>
    Stored,
    Asset,

    /// <summary>Anything of a version at its secret address.</summary>
    Preview,
    Closed,

    /// <summary>Reset.</summary>
    Reset,

    /// <summary>Refused: too many connections from one source.</summary>
    Source,

    /// <summary>Refused: where the request ends can be read in two ways.</summary>
    Framing,
}
