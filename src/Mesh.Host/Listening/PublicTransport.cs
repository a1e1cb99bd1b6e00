using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Listening;

/// <summary>What a Kestrel takes its connections from when anybody may make them: threads, memory and room are <see cref="PublicSide"/>'s instead of the process's.</summary>
public sealed class PublicTransport(PublicSide side, ConnectionRoom room) : IConnectionListenerFactory
{
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try { return ValueTask.FromResult<IConnectionListener>(new PublicListener((IPEndPoint)endpoint, side, room)); }
        // What Kestrel turns into an IOException that says which address.
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressAlreadyInUse) { throw new AddressInUseException(e.Message, e); }
    }
}
