using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Endpoint = Mesh.Dialplan.Language.Endpoint;
using IaxDial = Mesh.Dialplan.Language.IaxEndpoint;
using IaxEndpoint = Mesh.Iax2.IaxEndpoint;
using Mesh.Iax2;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Legs;

/// <summary>Makes legs over IAX2. A peer that is known to be dead costs a call nothing: no leg is made to it.</summary>
public sealed class IaxDialer(IaxEndpoint endpoint, SiteModel site, JitterBuffers jitter, LegCount count) : IDialer
{
    public const string HopVariable = "MESHHOP";
    public const string RungVariable = "MESHRUNG";

    private readonly List<(Peer Peer, IaxLeg Leg)> placed = [];

    public string Technology => "IAX2";

    public HangupCause Resolve(Endpoint dialled, List<LegPlan> plans)
    {
        if (dialled is not IaxDial iax) return HangupCause.NoRouteToDestination;
        // A plan is the same on every site, so a ring may name the site it is on: there is nothing to be reached that way.
        if (iax.Peer == site.Site.Name || !endpoint.Peers.TryGet(iax.Peer, out var peer)) return HangupCause.NoRouteToDestination;
        if (peer.State == PeerState.Dead) return HangupCause.DestinationOutOfOrder;
        if (peer.Address is null) return HangupCause.NoUserResponding;
        var kind = peer.Tag is LegKind known ? known : LegKind.Peer;
        string target = kind == LegKind.Phone ? iax.Peer : iax.Number;
        plans.Add(new LegPlan(Technology, kind, target, kind == LegKind.Phone ? "" : iax.Peer, kind == LegKind.Phone ? $"iax2:{iax.Peer}" : "", peer) { Spelling = iax.Spelling });
        return HangupCause.None;
    }

    public ILeg Start(LegOrder order, ILegObserver observer)
    {
        var peer = (Peer)order.Plan.Path!;
        var leg = new IaxLeg($"{order.Plan.Spelling} {peer.Address}", observer, endpoint.Loop, count, jitter.For(peer));
        placed.RemoveAll(static p => !p.Leg.IsWaiting);
        placed.Add((peer, leg));
        leg.Place(endpoint, peer.Name, new NewCallOptions
        {
            CalledNumber = order.Plan.Target,
            CallingNumber = order.Caller.Withheld ? "" : IaxIdentity.Short(order.Caller.Number),
            CallingName = order.Caller.Withheld ? "" : IaxIdentity.Short(order.Caller.Name),
            CallingPresentation = IaxIdentity.PresentationOf(order.Caller),
            Dnid = IaxIdentity.Said(order.Caller.Dialled),
            Rdnis = IaxIdentity.Said(order.Caller.DivertedBy),
            // A modem may speak nothing but linear samples; between sites they would only cost bandwidth.
            Formats = [.. order.Codecs.Select(IaxVoicePort.FormatOf).Distinct(), .. order.Plan.Kind == LegKind.Phone ? (VoiceFormat[])[VoiceFormat.Slin] : []],
            Variables = Variables(order),
        });
        return leg;
    }

    /// <summary>Legs that still wait for a first word from a peer that turns out dead fail at once, so that nobody waits for them.</summary>
    public void PeerDied(Peer peer)
    {
        foreach (var (to, leg) in placed.ToArray())
            if (ReferenceEquals(to, peer)) leg.PeerDied();
    }

    private static IReadOnlyList<IaxVariable> Variables(LegOrder order)
    {
        if (order.MeshHop is not { } hop) return [];
        return order.MeshRung is { } rung ? [new IaxVariable(HopVariable, hop), new IaxVariable(RungVariable, rung)] : [new IaxVariable(HopVariable, hop)];
    }
}
