using System.Text.Json;

namespace Mesh.Host.Admin.Neighbours;

/// <summary>One other site. After it has not answered it is left alone for a moment, so that a dead one does not slow every page.</summary>
public sealed class Neighbour(PairLink link, TimeProvider time, NeighbourCounters counters) : IDisposable
{
    /// <summary>How long a site that did not answer is not asked again.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    private sealed record Silence(PairFault Fault, long Since);

    private volatile Silence? silence;

    public string Name => link.Name;

    public async Task<SiteAnswer<T>> AskAsync<T>(byte[] question, CancellationToken cancelled)
        where T : class
    {
        if (silence is { } since && time.GetElapsedTime(since.Since) < Rest) return new SiteAnswer<T>(Name, null, since.Fault);
        var got = await link.AskAsync(question, cancelled);
        var value = got.Fault == PairFault.None ? Read<T>(got.Body) : null;
        var fault = got.Fault == PairFault.None && value is null ? PairFault.Malformed : got.Fault;
        counters.Asked(fault);
        silence = fault is PairFault.NoAnswer or PairFault.NotReachable ? new Silence(fault, time.GetTimestamp()) : null;
        return new SiteAnswer<T>(Name, value, fault);
    }

    public void Dispose() => link.Dispose();

    private static T? Read<T>(byte[] body)
        where T : class
    {
        try { return JsonSerializer.Deserialize<T>(body, AdminListener.Json); }
        catch (JsonException) { return null; }
    }
}
