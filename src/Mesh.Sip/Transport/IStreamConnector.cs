using System.IO.Pipelines;
using Mesh.Io;

namespace Mesh.Sip.Transport;

/// <summary>Opens connections for a <see cref="StreamTransport"/>: TCP, or TLS on top of it.</summary>
public interface IStreamConnector
{
    /// <summary>Connects, or throws <see cref="System.IO.IOException"/> or <see cref="System.Net.Sockets.SocketException"/>. If the pipe is <see cref="IAsyncDisposable"/> the transport disposes it.</summary>
    ValueTask<IDuplexPipe> ConnectAsync(NetAddress remote, CancellationToken cancellation);
}
