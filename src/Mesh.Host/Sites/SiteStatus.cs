using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Loading;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Registrar;
using Mesh.Host.Status.Sampling;
using Mesh.Iax2.Peers;

namespace Mesh.Host.Sites;

/// <summary>What operators see of a site: each question is answered on its signalling loop.</summary>
public sealed class SiteStatus(SiteCore core, LiveDialplan plan, IReadOnlyList<IMetricSource> metrics) : ISiteView
{
    private volatile int state = (int)SiteState.Starting;

    public SiteState State { get => (SiteState)state; set => state = (int)value; }

    public IReadOnlyList<IMetricSource> Metrics => metrics;

    // Only what must be is done on the loop: the rows are frozen.
    public async Task<IReadOnlyList<CallView>> CallsAsync(CancellationToken cancelled) => [.. (await Ask(core.Runner.Calls.Snapshot, cancelled)).Select(View)];

    public Task<IReadOnlyList<PhoneView>> PhonesAsync(CancellationToken cancelled) => Ask<IReadOnlyList<PhoneView>>(() => [.. core.Model.Mesh.Phones.Values.Select(View)], cancelled);

    public Task<IReadOnlyList<PeerView>> PeersAsync(CancellationToken cancelled) => Ask<IReadOnlyList<PeerView>>(() => [.. Peers(), .. Carriers()], cancelled);

    public async Task<IReadOnlyList<TrunkView>> TrunksAsync(CancellationToken cancelled)
    {
        var incoming = (await Ask(core.Runner.Calls.Snapshot, cancelled)).Where(static c => c.Entry == CallEntry.Carrier).CountBy(static c => c.From).ToDictionary(StringComparer.Ordinal);
        return [.. core.Model.Mesh.Trunks.Values.Select(t => new TrunkView(
            t.Name, t.To?.ToString() ?? "", LegsTo(t) + incoming.GetValueOrDefault(t.Name), t.MaxCalls, [.. t.Numbers.Select(n => new TrunkNumberView(n.Number, n.Sites))]))];
    }

    public Task<SiteFacts> FactsAsync(CancellationToken cancelled) =>
        Ask(() => new SiteFacts(core.Model.Site.Name, State, plan.Current?.Hash ?? "", core.Runner.Calls.Count), cancelled);

    public Task<IReadOnlyList<TraceView>> TracesAsync(int last, CancellationToken cancelled) => Ask<IReadOnlyList<TraceView>>(() => [.. core.Runner.Traces.All.TakeLast(last).Select(View)], cancelled);

    public Task<ReloadView> ReloadAsync(CancellationToken cancelled)
    {
        // Compiling takes a while and belongs to no loop: it runs on the request's own thread.
        var outcome = plan.Reload();
        return Task.FromResult(new ReloadView(outcome.IsLoaded, plan.Current?.Hash ?? "", [.. outcome.Errors.Concat(outcome.Warnings).Select(e => e.ToString())]));
    }

    private Task<T> Ask<T>(Func<T> question, CancellationToken cancelled) => LoopQuestion.AskAsync(core.Signalling, question, cancelled);

    private static CallView View(LiveCallRow row) => new(
        row.OriginId, row.Entry.ToString().ToLowerInvariant(), row.From, row.CallerNumber, row.Called, row.State.ToString().ToLowerInvariant(), row.Since, row.AnsweredAt,
        [.. row.Legs.Select(l => new LegView(l, row.BridgedTo.Length > 0 ? "answered" : "ringing"))]);

    private TraceView View(CallTrace trace)
    {
        var clock = core.Signalling.Clock;
        return new TraceView(trace.CallId, trace.OriginId, clock.UtcNow.AddMicroseconds(trace.StartedMicros - clock.NowMicros), [.. trace.Lines.Select(l => new TraceLineView(l.AtMs, l.ToString()))]);
    }

    private PhoneView View(PhoneConfig phone)
    {
        long now = core.Signalling.Clock.NowMs;
        var bindings = core.Registrar.Table.Of(phone.Account, now);
        return new PhoneView(phone.Account, phone.Iax2 ? "iax2" : "sip", bindings.Count > 0, [.. bindings.Select(b => new ContactView(b.ContactUri, b.Received.ToString(), b.UserAgent, b.ExpiresInSeconds(now)) { Device = b.DeviceKey })]);
    }

    private IEnumerable<PeerView> Peers() => core.Iax.Peers.All.Where(p => p.Tag is not LegKind.Phone).Select(p => new PeerView(
        p.Name, p.Tag is LegKind.Site ? "site" : "peer", p.Address?.ToString() ?? "",
        p.State switch { PeerState.Alive or PeerState.Lagged => "up", PeerState.Dead => "down", _ => "unknown" }, p.RoundTripMs < 0 ? null : p.RoundTripMs, p.OpenCalls)
    { LossPercent = p.LossPercent < 0 ? null : p.LossPercent, TrunkedCalls = p.TrunkedCalls });

    private IEnumerable<PeerView> Carriers() => core.Model.Mesh.Trunks.Values.Select(t => new PeerView(
        t.Name, "trunk", t.To?.ToString() ?? "", core.Trunks.Health[t.Name].State(core.Signalling.Clock.NowMs) switch { ServiceState.Up or ServiceState.Degraded => "up", ServiceState.Down => "down", _ => "unknown" }, null, LegsTo(t)));

    private int LegsTo(TrunkConfig trunk) => (int)core.Trunks.Counts.Where(c => c.Technology == $"TRUNK/{trunk.Name}").Sum(c => c.Live);
}
