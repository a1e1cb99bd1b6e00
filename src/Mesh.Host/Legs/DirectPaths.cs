using Mesh.Dialplan.Calls;
using Mesh.Iax2;

namespace Mesh.Host.Legs;

/// <summary>Leaves calls that came from one of our sites and went on to another, when nothing here wants to hear their end (RFC 5456 section 6.5).</summary>
public sealed class DirectPaths(IaxEndpoint endpoint, DirectPathOptions options) : ICallPaths
{
    public IDeparture? TryLeave(ICaller caller, ILeg leg, Action left)
    {
        if (!endpoint.Options.Transfer.IsAllowed || caller is not IaxCaller from || leg is not IaxLeg { Call: { } onwards } to) return null;
        if (from.Call.Peer is not { Options.IsSite: true } || onwards.Peer is not { Options.IsSite: true }) return null;
        return new Departure(endpoint, options, from, to, left);
    }
}
