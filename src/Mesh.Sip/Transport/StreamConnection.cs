using System.Buffers;
using System.IO.Pipelines;
using System.Threading.Channels;
using Mesh.Io;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Transport;

/// <summary>
/// One connection of a <see cref="StreamTransport"/>. The reader cuts messages out, posts them to the loop and reads on only when the loop has taken them, so that a flood fills the peer's
/// window and not our inbox. The writer sends what the loop queued, in order.
/// </summary>
public sealed class StreamConnection : IDeadlineOwner
{
    private static readonly byte[] Pong = "\r\n"u8.ToArray();
    private readonly StreamTransport transport;
    private readonly Channel<(ReadOnlyMemory<byte> Message, ISendObserver? Observer)> outgoing;
    private readonly CancellationTokenSource closing;
    private readonly SemaphoreSlim taken = new(0);
    private readonly List<SipFrame> batch = [];
    private readonly SipFramer framer;
    private readonly Deadline check;
    private long lastActiveMs, incompleteSinceMs = long.MaxValue;
    private int closed;

    internal StreamConnection(StreamTransport transport, NetAddress remote, bool weOpened)
    {
        framer = new SipFramer(weOpened, transport.Options.Parser);
        this.transport = transport;
        Remote = remote;
        outgoing = Channel.CreateBounded<(ReadOnlyMemory<byte>, ISendObserver?)>(new BoundedChannelOptions(transport.Options.MaxQueuedMessages) { SingleReader = true });
        closing = CancellationTokenSource.CreateLinkedTokenSource(transport.Stopping);
        check = new Deadline(this);
        lastActiveMs = transport.Loop.Clock.NowMs;
    }

    public NetAddress Remote { get; }

    public bool IsClosed => Volatile.Read(ref closed) != 0;

    /// <summary>Ends the connection; what is queued is not sent. Any thread.</summary>
    public void Close()
    {
        if (Interlocked.Exchange(ref closed, 1) != 0) return;
        outgoing.Writer.TryComplete();
        closing.Cancel();
        transport.Loop.Post(static c => ((StreamConnection)c!).Unregister(), this);
    }

    public void OnDeadline(Deadline deadline)
    {
        long now = transport.Loop.Clock.NowMs;
        if (now - Volatile.Read(ref incompleteSinceMs) >= transport.Options.IncompleteMessageMs) { Interlocked.Increment(ref transport.Counters.TimedOutIncomplete); Close(); return; }
        if (now - Volatile.Read(ref lastActiveMs) >= transport.Options.IdleMs) { Interlocked.Increment(ref transport.Counters.TimedOutIdle); Close(); return; }
        ArmCheck();
    }

    /// <summary>On the loop.</summary>
    internal void Register()
    {
        if (IsClosed) return;
        transport.Add(this);
        ArmCheck();
    }

    /// <summary>On the loop.</summary>
    internal bool TryQueue(ReadOnlyMemory<byte> message, ISendObserver? observer)
    {
        if (outgoing.Writer.TryWrite((message, observer))) return true;
        if (!IsClosed) Interlocked.Increment(ref transport.Counters.QueueFull);
        return false;
    }

    /// <summary>Reads and writes until either side ends it. Never throws for what the far end does.</summary>
    internal async Task RunAsync(IDuplexPipe pipe)
    {
        var writer = WriteAsync(pipe.Output);
        try
        {
            await ReadAsync(pipe.Input).ConfigureAwait(false);
            // What the loop answered last still goes out; a far end that does not take it is cut off by the check.
            outgoing.Writer.TryComplete();
            Volatile.Write(ref incompleteSinceMs, transport.Loop.Clock.NowMs);
            await writer.ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException) { /* the connection is gone */ }
        finally
        {
            Close();
            await writer.ConfigureAwait(false);
            await pipe.Input.CompleteAsync().ConfigureAwait(false);
            await pipe.Output.CompleteAsync().ConfigureAwait(false);
            Abandon();
        }
    }

    /// <summary>Closes, and tells the senders of what was never written. Any thread.</summary>
    internal void Abandon()
    {
        Close();
        while (outgoing.Reader.TryRead(out var unsent))
            if (unsent.Observer is { } observer)
                transport.Loop.Post(static o => ((ISendObserver)o!).OnSendFailed(), observer);
    }

    private async Task ReadAsync(PipeReader input)
    {
        while (true)
        {
            var result = await input.ReadAsync(closing.Token).ConfigureAwait(false);
            var buffer = result.Buffer;
            Volatile.Write(ref lastActiveMs, transport.Loop.Clock.NowMs);
            bool sound = TryCut(ref buffer);
            if (batch.Count > 0) await HandOverAsync().ConfigureAwait(false);
            if (!sound) { Interlocked.Increment(ref transport.Counters.FramingErrors); return; }
            Volatile.Write(ref incompleteSinceMs, buffer.IsEmpty ? long.MaxValue : Math.Min(incompleteSinceMs, lastActiveMs));
            input.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted) return;
        }
    }

    private async Task HandOverAsync()
    {
        transport.Loop.Post(static c => ((StreamConnection)c!).TakeBatch(), this);
        await taken.WaitAsync(closing.Token).ConfigureAwait(false);
        batch.Clear();
        incompleteSinceMs = long.MaxValue;
    }

    private void TakeBatch()
    {
        try
        {
            var flow = new SipFlow(transport, Remote, this);
            foreach (var frame in batch) Deliver(frame, flow);
        }
        finally { taken.Release(); }
    }

    private void Deliver(in SipFrame frame, in SipFlow flow)
    {
        if (frame.Message is { } message) transport.Receiver?.OnMessage(message, flow);
        else transport.Receiver?.OnUnreadable(frame.Error, flow);
    }

    /// <summary>Cuts out what is whole; false when the stream is of no more use.</summary>
    private bool TryCut(ref ReadOnlySequence<byte> buffer)
    {
        while (true)
        {
            var frame = framer.Read(ref buffer);
            switch (frame.Kind)
            {
                case SipFrameKind.Incomplete: return true;
                case SipFrameKind.Ping: TryQueue(Pong, null); break;
                case SipFrameKind.Pong: break;
                case SipFrameKind.Broken: batch.Add(frame); return false;
                default: batch.Add(frame); break;
            }
        }
    }

    private async Task WriteAsync(PipeWriter output)
    {
        try
        {
            while (await outgoing.Reader.WaitToReadAsync(closing.Token).ConfigureAwait(false))
            {
                while (outgoing.Reader.TryRead(out var next)) output.Write(next.Message.Span);
                var flushed = await output.FlushAsync(closing.Token).ConfigureAwait(false);
                if (flushed.IsCompleted) break;
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException or ObjectDisposedException) { /* the connection is gone */ }
        Close();
    }

    private void ArmCheck() =>
        transport.Loop.Deadlines.Arm(check, Math.Max(1, Math.Min(transport.Options.IncompleteMessageMs, transport.Options.IdleMs) / 2));

    private void Unregister()
    {
        transport.Loop.Deadlines.Disarm(check);
        transport.Remove(this);
    }
}
