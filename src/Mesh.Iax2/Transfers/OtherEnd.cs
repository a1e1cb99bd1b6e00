using Mesh.Iax2.Peers;
using Mesh.Io;

namespace Mesh.Iax2.Transfers;

/// <summary>The end a call is to be with once its middle has left, as the middle's TXREQ named it.</summary>
/// <param name="ThroughMs">The round trip from here through the middle to there; negative while unknown.</param>
internal sealed record OtherEnd(Peer Peer, NetAddress Address, ushort Number, uint TransferId, int ThroughMs)
{
    public bool Is(NetAddress from, ushort number) => Address == from && Number == number;
}
