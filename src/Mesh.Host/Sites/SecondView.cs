using Mesh.Host.Admin;

namespace Mesh.Host.Sites;

/// <summary>What operators see of a site's second process: it serves, and what it counts. Of calls it knows nothing.</summary>
/// <param name="calls">The admin listener of the process that does.</param>
public sealed class SecondView(Uri calls, IReadOnlyList<IMetricSource> metrics) : ISiteView
{
    private volatile int state = (int)SiteState.Starting;

    public SiteState State { get => (SiteState)state; set => state = (int)value; }

    public IReadOnlyList<IMetricSource> Metrics => metrics;

    public Task<IReadOnlyList<CallView>> CallsAsync(CancellationToken cancelled) => throw Elsewhere();

    public Task<IReadOnlyList<PhoneView>> PhonesAsync(CancellationToken cancelled) => throw Elsewhere();

    public Task<IReadOnlyList<PeerView>> PeersAsync(CancellationToken cancelled) => throw Elsewhere();

    public Task<IReadOnlyList<TraceView>> TracesAsync(int last, CancellationToken cancelled) => throw Elsewhere();

    public Task<IReadOnlyList<TrunkView>> TrunksAsync(CancellationToken cancelled) => throw Elsewhere();

    public Task<SiteFacts> FactsAsync(CancellationToken cancelled) => throw Elsewhere();

    public Task<ReloadView> ReloadAsync(CancellationToken cancelled) => throw Elsewhere();

    private AskElsewhereException Elsewhere() => new(calls);
}
