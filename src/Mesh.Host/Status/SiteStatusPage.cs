using System.Net.Sockets;
using Mesh.Host.Admin;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Status.Incidents;
using Mesh.Host.Status.Sampling;
using Mesh.Host.Status.Subscriptions;
using Mesh.Host.Storage;

namespace Mesh.Host.Status;

/// <summary>A site's status page: what samples, what keeps, what shows.</summary>
public sealed class SiteStatusPage : IMetricSource, IAsyncDisposable
{
    private readonly SiteModel model;
    private readonly TimeProvider time;
    private readonly StatusSampler sampler;
    private StatusListener? listener;

    /// <param name="days">What was stored when the site last ran.</param>
    public SiteStatusPage(SiteModel model, IStatusReadings readings, IReadOnlyList<ServiceDay> days, IStorage storage, TimeProvider time)
    {
        this.model = model;
        this.time = time;
        sampler = new StatusSampler(readings, new ServiceHistory(days), time, new StatusSamplerOptions(), changed => storage.TryPost(new StoreDays(changed)));
    }

    /// <summary>Samples and listens. A sentence when the page cannot be shown: that stops no call, and the sampling goes on.</summary>
    /// <param name="subscriptions">Null: the page takes none.</param>
    public async Task<string?> StartAsync(IIncidentView incidents, SiteSubscriptions? subscriptions, PublicSide side, ILoggerFactory loggers, CancellationToken cancelled)
    {
        sampler.Start();
        try
        {
            listener = await StatusListener.StartAsync(
                new StatusOptions { Name = model.StatusName, Site = model.Site.Name, Subscribe = subscriptions?.Url }, () => sampler.Current, incidents, time, model.Site.Listen.Status, side, loggers, cancelled, subscriptions?.Pages);
            return null;
        }
        catch (Exception e) when (e is IOException or SocketException) { return e.Message; }
    }

    /// <summary>The latest snapshot; any thread.</summary>
    public StatusSnapshot Current => sampler.Current;

    /// <summary>See <see cref="StatusSampler.Look"/>.</summary>
    public void Look() => sampler.Look();

    /// <summary>Whether another site lives, as the page shows it; one nobody has asked yet does.</summary>
    public bool IsAlive(string site) => sampler.Current.Services.FirstOrDefault(s => s.Id == $"site-{site}")?.State != ServiceState.Down;

    public void Write(MetricWriter writer) => listener?.Write(writer);

    /// <summary>Before the storage ends: the last minute goes to disk.</summary>
    public async ValueTask DisposeAsync()
    {
        if (listener is not null) await listener.DisposeAsync();
        sampler.Dispose();
    }
}
