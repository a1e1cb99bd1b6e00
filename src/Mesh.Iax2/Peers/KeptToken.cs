using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>The call token a peer demanded last, for the next call to the same address. One loop's.</summary>
internal sealed class KeptToken
{
    /// <summary>Well below <see cref="IaxEndpointOptions.TokenSlotMs"/>: a token is good for one to two slots of whoever made it.</summary>
    private const int GoodForMs = 10_000;

    private byte[] token = [];
    private NetAddress address;
    private long keptMs;

    public void Keep(byte[] demanded, NetAddress from, long nowMs) => (token, address, keptMs) = (demanded, from, nowMs);

    /// <summary>Empty when there is none, or an old one.</summary>
    public byte[] Find(NetAddress at, long nowMs) => token.Length > 0 && at == address && nowMs - keptMs < GoodForMs ? token : [];
}
