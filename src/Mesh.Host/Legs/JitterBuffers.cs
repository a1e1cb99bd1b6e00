using Mesh.Dialplan.Calls;
using Mesh.Host.Config.Model;
using Mesh.Iax2.Peers;
using Mesh.Media.Jitter;

namespace Mesh.Host.Legs;

/// <summary>Whose voice gets its rhythm back here: devices and other systems of which the operator says so. Between our sites voice keeps the spacing it came with, for the far end's buffer.</summary>
public sealed class JitterBuffers(MeshConfig mesh)
{
    private static readonly JitterBufferOptions Usual = new();

    /// <summary>Null: voice of this peer goes on as it comes.</summary>
    public JitterBufferOptions? For(Peer? peer) => peer?.Tag switch
    {
        LegKind.Phone when mesh.Phones.TryGetValue(peer.Name, out var phone) && phone.JitterBuffer => Usual,
        LegKind.Peer when mesh.Peers.TryGetValue(peer.Name, out var other) && other.JitterBuffer => Usual,
        _ => null,
    };
}
