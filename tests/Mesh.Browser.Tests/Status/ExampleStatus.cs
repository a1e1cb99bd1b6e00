using System.Net;
using System.Net.Sockets;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Status;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Browser.Tests.Status;

/// <summary>The status page of a company with ninety days behind it: what a site started for a test cannot have. The listener and the pages are the real ones; only the figures are made up.</summary>
public sealed class ExampleStatus : TimeProvider, IIncidentView, IAsyncDisposable
{
    private static readonly DateTimeOffset Moment = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    private readonly PublicSide side = new(new PublicOptions(), TimeProvider.System);
    private StatusListener? listener;

    /// <summary>How old what was measured last is.</summary>
    public TimeSpan Age { get; init; } = TimeSpan.FromSeconds(5);

    public string Url { get; private set; } = "";

    public static async Task<ExampleStatus> StartAsync(TimeSpan? age = null)
    {
        var example = new ExampleStatus { Age = age ?? TimeSpan.FromSeconds(5) };
        using var probe = new TcpListener(IPAddress.Parse("127.74.2.1"), 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        var snapshot = new StatusSnapshot(Moment - example.Age, [.. Services()]);
        example.listener = await StatusListener.StartAsync(new StatusOptions { Name = "Example Ltd", Site = "london" }, () => snapshot, example, example,
            new ListenAddress("http", IPAddress.Parse("127.74.2.1"), (ushort)port, ""), example.side, NullLoggerFactory.Instance, CancellationToken.None);
        example.Url = $"http://127.74.2.1:{port}";
        return example;
    }

    public override DateTimeOffset GetUtcNow() => Moment;

    public IReadOnlyList<IncidentReport> Reports() =>
    [
        Report("2026-11-23-4kq2m7xd", "Calls to Manchester take a second longer", IncidentImpact.Minor, "site-manchester", 1.5,
            (IncidentPhase.Investigating, "Some calls to **Manchester** ring late. Calls are not lost."),
            (IncidentPhase.Identified, "A carrier's line is down; calls go through the office. We wait for [the carrier](https://carrier.example/status).")),
        Report("2026-11-20-8w1c5hjn", "New router in the office", IncidentImpact.Maintenance, "site-office", 60, (IncidentPhase.Scheduled, "Calls go through the other sites meanwhile."))
            with { Planned = (Moment.AddDays(2), Moment.AddDays(2).AddHours(2)) },
        Report("2026-11-04-p0d9s3fa", "No calls from the carrier", IncidentImpact.Major, "calls", 460,
            (IncidentPhase.Investigating, "Calls from outside do not reach us. Calls between us do."),
            (IncidentPhase.Monitoring, "The carrier sends our calls to another site."),
            (IncidentPhase.Resolved, "All numbers work again.")),
    ];

    public async ValueTask DisposeAsync()
    {
        if (listener is not null) await listener.DisposeAsync();
        side.Dispose();
    }

    private static IEnumerable<ServiceStatus> Services()
    {
        yield return Service(new(ServiceReading.Calls, ServiceKind.Calls, "london", ServiceState.Up), (19, ServiceState.Down, 47));
        yield return Service(new("phones", ServiceKind.Phones, "london", ServiceState.Up), (19, ServiceState.Degraded, 20), (61, ServiceState.Degraded, 9));
        yield return Service(new("site-manchester", ServiceKind.Site, "manchester", ServiceState.Degraded), (0, ServiceState.Degraded, 90), (33, ServiceState.Down, 6));
        yield return Service(new("site-office", ServiceKind.Site, "office", ServiceState.Up), (5, ServiceState.Degraded, 15));
        yield return Service(new("peer-oldpbx", ServiceKind.Peer, "oldpbx", ServiceState.Unknown));
    }

    private static ServiceStatus Service(ServiceReading reading, params (int DaysAgo, ServiceState State, int Minutes)[] troubles)
    {
        var history = new ServiceHistory([]);
        var midnight = new DateTimeOffset(Moment.Date, TimeSpan.Zero);
        for (int i = 80; i >= 0 && reading.State != ServiceState.Unknown; i--)
        {
            history.Add(reading.Id, ServiceState.Up, midnight.AddDays(-i).AddHours(6), TimeSpan.FromHours(6));
            foreach (var (_, state, minutes) in troubles.Where(t => t.DaysAgo == i)) history.Add(reading.Id, state, midnight.AddDays(-i).AddHours(8), TimeSpan.FromMinutes(minutes));
        }
        return new ServiceStatus(reading, history.Of(reading.Id, DateOnly.FromDateTime(Moment.UtcDateTime)));
    }

    private static IncidentReport Report(string id, string title, IncidentImpact impact, string service, double hoursAgo, params (IncidentPhase Phase, string Text)[] said)
    {
        var opened = Moment.AddHours(-hoursAgo);
        return new IncidentReport(id, title, impact, [service], opened, [.. said.Select((s, i) => new IncidentUpdate(opened.AddMinutes(25 * i), s.Phase, s.Text))]);
    }
}
