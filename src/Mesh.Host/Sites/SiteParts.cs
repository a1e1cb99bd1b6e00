using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Loading;
using Mesh.Host.Config.Model;
using Mesh.Host.Registrar;
using Mesh.Host.Storage;
using Mesh.Io;
using Mesh.Media.Sounds;

namespace Mesh.Host.Sites;

/// <summary>What a <see cref="SiteCore"/> is made of: real loops and a disk in production, a simulated world in tests.</summary>
public sealed record SiteParts
{
    public required SiteModel Model { get; init; }

    public required Loop Signalling { get; init; }

    /// <summary>At least one; may be the signalling loop itself.</summary>
    public required IReadOnlyList<Loop> Media { get; init; }

    public required Func<DialplanModel> Plan { get; init; }

    public required TaskScheduler Scripts { get; init; }

    public required IStorage Storage { get; init; }

    /// <summary>What was registered when the site last ran.</summary>
    public BindingTable Bindings { get; init; } = new();

    public required ICdrSink Records { get; init; }

    public required ICallLog Log { get; init; }

    public SoundLibrary Sounds { get; init; } = SoundLibrary.Empty;

    /// <summary>What a call from a carrier hears instead of the plan; null: the plan has it.</summary>
    public Func<IncomingCall, Announcement?> Announcements { get; init; } = static _ => null;

    /// <summary>Told when another site comes or goes.</summary>
    public Action<Iax2.Peers.Peer, Iax2.Peers.PeerState> PeerChanged { get; init; } = (_, _) => { };

    /// <summary>Told how the sealing of the path to another site stands.</summary>
    public Action<Iax2.Peers.Peer> SealChanged { get; init; } = _ => { };

    /// <summary>RTP pairs bound before the first call.</summary>
    public int RtpPortsReady { get; init; } = 256;
}
