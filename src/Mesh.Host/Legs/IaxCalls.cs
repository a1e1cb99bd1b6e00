using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Loading;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Sealing;
using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Host.Legs;

/// <summary>Turns calls that come over IAX2 into the words of telephony and hands them to the runner.</summary>
public sealed class IaxCalls(Loop signalling, PhoneOwners owners, JitterBuffers jitter, Func<CallRunner> runner, Action<Peer, PeerState> peerChanged, Action<Peer> sealChanged) : IIaxCore
{
    public void OnCall(IncomingIaxCall call)
    {
        var caller = new IaxCaller(call, signalling, $"IAX2/{call.PeerName} {call.RemoteAddress}", jitter.For(call.Peer));
        var entry = call.Peer?.Tag switch { LegKind.Site => CallEntry.Site, LegKind.Phone => CallEntry.Phone, _ => CallEntry.Peer };
        var identity = entry == CallEntry.Phone ? IaxIdentity.OfPhone(call, owners) : IaxIdentity.Of(call);
        caller.Accept();
        caller.Observer = runner().Accept(new Mesh.Dialplan.Calls.IncomingCall(caller, entry, call.CalledNumber, identity)
        {
            From = call.PeerName,
            MeshHops = entry == CallEntry.Site ? [.. Values(call, IaxDialer.HopVariable)] : [],
            MeshRung = entry == CallEntry.Site ? Values(call, IaxDialer.RungVariable).FirstOrDefault() : null,
            DeviceKey = entry == CallEntry.Phone ? $"iax2:{call.PeerName}" : "",
        });
    }

    /// <summary>Digits dialled so far, answered from the plan in force.</summary>
    public DialplanStatus OnDialplanQuery(IncomingIaxCall call, string digits)
    {
        var standing = runner().StandingOf(digits);
        var more = standing.HasFlag(NumberStanding.MayGrow) ? DialplanStatus.MatchMore : DialplanStatus.None;
        return (standing.HasFlag(NumberStanding.Exists) ? DialplanStatus.Exists : more != 0 ? DialplanStatus.CanExist : DialplanStatus.NonExistent) | more;
    }

    public void OnPeerState(Peer peer, PeerState before) => peerChanged(peer, before);

    public void OnSealState(Peer peer, SealState before) => sealChanged(peer);

    private static IEnumerable<string> Values(IncomingIaxCall call, string name) =>
        call.Variables.Where(v => v.Name.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(v => v.Value);
}
