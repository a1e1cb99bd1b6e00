using System.IO.Pipelines;
using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace Mesh.Host.Listening;

/// <summary>One thing at a time on a socket, again and again, without allocation; who awaits it goes on where <paramref name="threads"/> says. A failure is a value: peers that break off are no exception.</summary>
public sealed class SocketOperation(PipeScheduler threads) : SocketAsyncEventArgs(true), IValueTaskSource<SocketError>
{
    private static readonly Action<object?> Done = static operation => ((SocketOperation)operation!).SetDone();

    private ManualResetValueTaskSourceCore<SocketError> core;

    /// <summary><see cref="SocketAsyncEventArgs.BytesTransferred"/> says how much came; nothing is the peer's end, unless <paramref name="buffer"/> is empty: then something is there to be read.</summary>
    public ValueTask<SocketError> ReceiveAsync(Socket socket, Memory<byte> buffer)
    {
        SetBuffer(buffer);
        return Begin(socket, static (on, operation) => on.ReceiveAsync(operation));
    }

    /// <summary>Some of it is sent, as <see cref="SocketAsyncEventArgs.BytesTransferred"/> says.</summary>
    public ValueTask<SocketError> SendAsync(Socket socket, ReadOnlyMemory<byte> buffer)
    {
        SetBuffer(System.Runtime.InteropServices.MemoryMarshal.AsMemory(buffer));
        return Begin(socket, static (on, operation) => on.SendAsync(operation));
    }

    /// <summary><see cref="SocketAsyncEventArgs.AcceptSocket"/> is the newcomer.</summary>
    public ValueTask<SocketError> AcceptAsync(Socket listening)
    {
        AcceptSocket = null;
        return Begin(listening, static (on, operation) => on.AcceptAsync(operation));
    }

    public SocketError GetResult(short token) => core.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => core.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e) => threads.Schedule(Done, this);

    private ValueTask<SocketError> Begin(Socket socket, Func<Socket, SocketOperation, bool> begin)
    {
        core.Reset();
        try { return begin(socket, this) ? new ValueTask<SocketError>(this, core.Version) : new ValueTask<SocketError>(SocketError); }
        // It was closed by another thread meanwhile.
        catch (ObjectDisposedException) { return new ValueTask<SocketError>(SocketError.OperationAborted); }
    }

    private void SetDone() => core.SetResult(SocketError);
}
