using Mesh.Host.Admin;

namespace Mesh.Host.Tests.Console;

/// <summary>A site that has what it is told to have.</summary>
internal sealed class FakeConsoleSite(string name) : ISiteView
{
    public SiteState State { get; set; } = SiteState.Ready;

    public List<CallView> Calls { get; } = [];

    public List<PhoneView> Phones { get; } = [];

    public List<PeerView> Peers { get; } = [];

    public List<TrunkView> Trunks { get; } = [];

    public string PlanHash { get; set; } = "abc123";

    public bool AcceptsReload { get; set; } = true;

    public int Reloads { get; private set; }

    /// <summary>Completed: it answers at once.</summary>
    public TaskCompletionSource? Held { get; set; }

    public IReadOnlyList<IMetricSource> Metrics => [];

    public Task<IReadOnlyList<CallView>> CallsAsync(CancellationToken cancelled) => Say(Calls);

    public Task<IReadOnlyList<PhoneView>> PhonesAsync(CancellationToken cancelled) => Say(Phones);

    public Task<IReadOnlyList<PeerView>> PeersAsync(CancellationToken cancelled) => Say(Peers);

    public Task<IReadOnlyList<TrunkView>> TrunksAsync(CancellationToken cancelled) => Say(Trunks);

    public Task<SiteFacts> FactsAsync(CancellationToken cancelled) => Task.FromResult(new SiteFacts(name, State, PlanHash, Calls.Count));

    public Task<IReadOnlyList<TraceView>> TracesAsync(int last, CancellationToken cancelled) => Say(new List<TraceView>());

    public Task<ReloadView> ReloadAsync(CancellationToken cancelled)
    {
        Reloads++;
        return Task.FromResult(new ReloadView(AcceptsReload, PlanHash, AcceptsReload ? [] : ["plan.csx:1:1: <wrong>"]));
    }

    private async Task<IReadOnlyList<T>> Say<T>(List<T> list)
    {
        if (Held is { } held) await held.Task;
        lock (list) return [.. list];
    }
}
