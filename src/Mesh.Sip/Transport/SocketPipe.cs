using System.IO.Pipelines;
using System.Net.Sockets;

namespace Mesh.Sip.Transport;

/// <summary>A connected socket as a pair of pipes; disposing it closes the socket.</summary>
public sealed class SocketPipe : IDuplexPipe, IAsyncDisposable
{
    private readonly NetworkStream stream;

    public SocketPipe(Socket socket)
    {
        stream = new NetworkStream(socket, ownsSocket: true);
        Input = PipeReader.Create(stream, new StreamPipeReaderOptions(leaveOpen: true));
        Output = PipeWriter.Create(stream, new StreamPipeWriterOptions(leaveOpen: true));
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
