using Mesh.Dialplan.Calls;
using Mesh.Iax2;
using Mesh.Iax2.Calls;
using Mesh.Iax2.Peers;
using Mesh.Io;

namespace Mesh.Host.Legs;

/// <summary>Turns calls that come over IAX2 into the words of telephony and hands them to the runner.</summary>
public sealed class IaxCalls(Loop signalling, Func<CallRunner> runner, JitterBuffers jitter, Action<Peer, PeerState> peerChanged) : IIaxCore
{
    public void OnCall(IncomingIaxCall call)
    {
        var caller = new IaxCaller(call, signalling, $"IAX2/{call.PeerName} {call.RemoteAddress}", jitter.For(call.Peer));
        var entry = call.Peer?.Tag switch { LegKind.Site => CallEntry.Site, LegKind.Phone => CallEntry.Phone, _ => CallEntry.Peer };
        bool withheld = (call.CallingPresentation & 0x60) == 0x20;
        caller.Accept();
        caller.Observer = runner().Accept(new Mesh.Dialplan.Calls.IncomingCall(caller, entry, call.CalledNumber, new CallerId(withheld ? "" : call.CallingNumber ?? "", withheld ? "" : call.CallingName ?? "", withheld))
        {
            From = call.PeerName,
            MeshHops = entry == CallEntry.Site ? [.. Values(call, IaxDialer.HopVariable)] : [],
            MeshRung = entry == CallEntry.Site ? Values(call, IaxDialer.RungVariable).FirstOrDefault() : null,
            DeviceKey = entry == CallEntry.Phone ? $"iax2:{call.PeerName}" : "",
        });
    }

    public void OnPeerState(Peer peer, PeerState before) => peerChanged(peer, before);

    private static IEnumerable<string> Values(IncomingIaxCall call, string name) =>
        call.Variables.Where(v => v.Name.Trim().Equals(name, StringComparison.OrdinalIgnoreCase)).Select(v => v.Value);
}
