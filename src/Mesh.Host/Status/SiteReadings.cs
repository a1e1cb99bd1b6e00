using Mesh.Dialplan.Calls;
using Mesh.Host.Admin;
using Mesh.Host.Sites;
using Mesh.Host.Status.Sampling;
using Mesh.Iax2.Peers;

namespace Mesh.Host.Status;

/// <summary>What a site knows of its services, asked on its signalling loop.</summary>
/// <param name="sorry">How the sorry listeners do; null: there are none.</param>
public sealed class SiteReadings(SiteCore core, Func<SiteState> state, Func<ServiceState>? sorry = null) : IStatusReadings
{
    /// <summary>How long the most telephones seen are what is compared with.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(1);

    private int most;
    private long mostAtMs;

    public bool TryAsk(Action<IReadOnlyList<ServiceReading>> answer) => core.Signalling.TryPost(_ => answer([.. Readings()]));

    private IEnumerable<ServiceReading> Readings()
    {
        yield return new ServiceReading(ServiceReading.Calls, ServiceKind.Calls, core.Model.Site.Name, state() switch { SiteState.Ready => ServiceState.Up, SiteState.Draining => ServiceState.Degraded, _ => ServiceState.Unknown });
        if (core.Model.Mesh.Phones.Count > 0) yield return new ServiceReading("phones", ServiceKind.Phones, core.Model.Site.Name, Phones());
        foreach (var carrier in Carriers()) yield return carrier;
        if (sorry is not null) yield return new ServiceReading("sorry", ServiceKind.Sorry, core.Model.Site.Name, sorry());
        foreach (var peer in core.Iax.Peers.All)
            if (peer.Tag is LegKind.Site) yield return new ServiceReading($"site-{peer.Name}", ServiceKind.Site, peer.Name, Of(peer.State));
            else if (peer.Tag is LegKind.Peer) yield return new ServiceReading($"peer-{peer.Name}", ServiceKind.Peer, peer.Name, Of(peer.State));
    }

    private IEnumerable<ServiceReading> Carriers() => core.Trunks.Health.Select(t => new ServiceReading($"trunk-{t.Key}", ServiceKind.Trunk, t.Key, t.Value.State(core.Signalling.Clock.NowMs)));

    /// <summary>None left of many is an outage; half of them gone within an hour is a disturbance. Telephones that were never there are nobody's fault.</summary>
    private ServiceState Phones()
    {
        long now = core.Signalling.Clock.NowMs;
        int here = core.Model.Mesh.Phones.Keys.Count(account => core.Registrar.Table.IsRegistered(account, now));
        if (here >= most || (here > 0 && now - mostAtMs > Remembered.TotalMilliseconds)) (most, mostAtMs) = (here, now);
        return most == 0 ? ServiceState.Unknown : here == 0 ? ServiceState.Down : here * 2 < most ? ServiceState.Degraded : ServiceState.Up;
    }

    /// <summary>A peer as the page shows it.</summary>
    public static ServiceState Of(PeerState state) => state switch
    {
        PeerState.Alive => ServiceState.Up,
        PeerState.Lagged => ServiceState.Degraded,
        PeerState.Dead => ServiceState.Down,
        _ => ServiceState.Unknown,
    };
}
