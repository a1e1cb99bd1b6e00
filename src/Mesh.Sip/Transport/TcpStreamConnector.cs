using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using Mesh.Io;

namespace Mesh.Sip.Transport;

/// <summary>Plain TCP by <see cref="Socket"/>. <paramref name="localHost"/>, when given, is the source address (its port is not used).</summary>
public sealed class TcpStreamConnector(NetAddress? localHost = null) : IStreamConnector
{
    public async ValueTask<IDuplexPipe> ConnectAsync(NetAddress remote, CancellationToken cancellation)
    {
        var endPoint = remote.ToIPEndPoint();
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            if (localHost is { } host) socket.Bind(new IPEndPoint(host.ToIPAddress(), 0));
            await socket.ConnectAsync(endPoint, cancellation).ConfigureAwait(false);
            return new SocketPipe(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
