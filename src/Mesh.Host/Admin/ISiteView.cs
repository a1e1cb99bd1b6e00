namespace Mesh.Host.Admin;

/// <summary>What the admin listener asks of a running site. Called from HTTP threads: the site answers by posting to its loop. A question that cannot be admitted (full inbox) throws <see cref="SiteBusyException"/>.</summary>
public interface ISiteView
{
    /// <summary>Safe to read from any thread.</summary>
    SiteState State { get; }

    Task<IReadOnlyList<CallView>> CallsAsync(CancellationToken cancelled);

    Task<IReadOnlyList<PhoneView>> PhonesAsync(CancellationToken cancelled);

    Task<IReadOnlyList<PeerView>> PeersAsync(CancellationToken cancelled);

    Task<IReadOnlyList<TrunkView>> TrunksAsync(CancellationToken cancelled);

    Task<SiteFacts> FactsAsync(CancellationToken cancelled);

    /// <summary>The last calls, at most <paramref name="last"/>, line by line, oldest first.</summary>
    Task<IReadOnlyList<TraceView>> TracesAsync(int last, CancellationToken cancelled);

    /// <summary>Reads the bundle and the dialplan again; puts them in force only when both check.</summary>
    Task<ReloadView> ReloadAsync(CancellationToken cancelled);

    /// <summary>Everything <c>/metrics</c> shows. Each source is read from an HTTP thread.</summary>
    IReadOnlyList<IMetricSource> Metrics { get; }
}

/// <summary>The site's inbox is full; the client may ask again.</summary>
public sealed class SiteBusyException() : Exception("the site is busy, ask again");
