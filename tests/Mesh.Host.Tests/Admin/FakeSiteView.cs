using System.Net;
using System.Net.Sockets;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Admin;

/// <summary>A site that says what it is told to.</summary>
public sealed class FakeSiteView : ISiteView, IMetricSource
{
    public SiteState State { get; set; } = SiteState.Ready;

    public bool AcceptsReload { get; set; } = true;

    public bool IsBusy { get; set; }

    public IReadOnlyList<IMetricSource> Metrics => [this];

    public Task<IReadOnlyList<CallView>> CallsAsync(CancellationToken cancelled) => IsBusy
        ? throw new SiteBusyException()
        : Task.FromResult<IReadOnlyList<CallView>>([new CallView("o-1", "carrier", "magrathea", "+441619960600", "+442079460123", "ringing", DateTimeOffset.UnixEpoch, null, [new LegView("SIP/mbloch-desk 127.0.0.1:5062", "ringing")])]);

    public Task<IReadOnlyList<PhoneView>> PhonesAsync(CancellationToken cancelled) =>
        Task.FromResult<IReadOnlyList<PhoneView>>([new PhoneView("mbloch-desk", "sip", true, [new ContactView("sip:mbloch-desk@127.0.0.1:5062", "127.0.0.1:5062", "baresip", 55)])]);

    public Task<IReadOnlyList<PeerView>> PeersAsync(CancellationToken cancelled) =>
        Task.FromResult<IReadOnlyList<PeerView>>([new PeerView("manchester", "site", "127.0.0.2:4569", "up", 12.5, 3)]);

    public Task<IReadOnlyList<TrunkView>> TrunksAsync(CancellationToken cancelled) =>
        Task.FromResult<IReadOnlyList<TrunkView>>([new TrunkView("magrathea", "sipipgw.magrathea.net", 1, 10, [new TrunkNumberView("+442079460123", ["london", "manchester"])])]);

    public Task<SiteFacts> FactsAsync(CancellationToken cancelled) => Task.FromResult(new SiteFacts("london", State, "abc123", 1));

    public Task<IReadOnlyList<TraceView>> TracesAsync(int last, CancellationToken cancelled) =>
        Task.FromResult<IReadOnlyList<TraceView>>([.. new[] { new TraceView("london-1", "o-1", DateTimeOffset.UnixEpoch, [new TraceLineView(3, "SIP/mbloch-desk 127.0.0.1:5062 dialled")]) }.Take(last)]);

    public Task<ReloadView> ReloadAsync(CancellationToken cancelled) => Task.FromResult(new ReloadView(AcceptsReload, "abc123", AcceptsReload ? [] : ["mesh.yaml:3:5: wrong"]));

    public void Write(MetricWriter writer) => writer.Gauge("mesh_calls", "Calls in progress.", 1, ("state", "ringing"));

    public static async Task<Listening> Listen(ISiteView view, string address, Secret? token)
    {
        // The port was free a moment ago; another test has another address.
        using var probe = new TcpListener(IPAddress.Parse(address), 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var listener = await AdminListener.StartAsync(view, token, new ListenAddress("http", IPAddress.Parse(address), (ushort)port, ""), NullLoggerFactory.Instance, CancellationToken.None);
        return new Listening(listener, $"http://{address}:{port}");
    }

    public sealed record Listening(AdminListener Listener, string Url) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Listener.DisposeAsync();
    }
}
