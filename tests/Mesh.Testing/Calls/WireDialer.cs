using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io;

namespace Mesh.Testing.Calls;

/// <summary>The trunks of one site of a <see cref="FakeMesh"/>.</summary>
public sealed class WireDialer(FakeMesh mesh, string here, Loop loop) : IDialer
{
    public string Technology => "IAX2";

    public List<WireLeg> Legs { get; } = [];

    public HangupCause Resolve(Endpoint endpoint, List<LegPlan> plans)
    {
        if (endpoint is not IaxEndpoint { Number.Length: > 0 } iax || iax.Peer == here || !mesh.Sites.Any(s => s.Name == iax.Peer)) return HangupCause.NoRouteToDestination;
        plans.Add(new LegPlan(Technology, LegKind.Site, iax.Number, iax.Peer, "", null));
        return HangupCause.None;
    }

    public ILeg Start(LegOrder order, ILegObserver observer)
    {
        var leg = new WireLeg(mesh, here, loop, order, observer);
        Legs.Add(leg);
        leg.Send();
        return leg;
    }
}
