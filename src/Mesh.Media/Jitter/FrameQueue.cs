using System.Buffers;

namespace Mesh.Media.Jitter;

/// <summary>Frames in the order of their stamps, in pooled memory. A fixed number; allocates only when made.</summary>
internal sealed class FrameQueue : IDisposable
{
    private readonly int maxOctets;
    private readonly QueuedFrame[] frames;
    private readonly int[] free;
    private byte[] memory;

    public FrameQueue(int capacity, int maxOctets)
    {
        this.maxOctets = maxOctets;
        frames = new QueuedFrame[capacity];
        free = new int[capacity];
        for (int i = 0; i < capacity; i++) free[i] = i;
        memory = ArrayPool<byte>.Shared.Rent(capacity * maxOctets);
    }

    public int Count { get; private set; }

    public bool IsFull => Count == frames.Length;

    public ref readonly QueuedFrame Head => ref frames[0];

    /// <summary>From the first stamp to the last, milliseconds.</summary>
    public long SpanMs => Count == 0 ? 0 : frames[Count - 1].Timestamp - frames[0].Timestamp;

    /// <summary>Puts a frame in its place; false when one of that stamp is there. The queue must not be full.</summary>
    public bool TryAdd(long timestamp, int durationMs, AudioCodec codec, ReadOnlySpan<byte> payload)
    {
        int at = Count;
        while (at > 0 && frames[at - 1].Timestamp > timestamp) at--;
        if (at > 0 && frames[at - 1].Timestamp == timestamp) return false;
        // As many blocks are free as places.
        int block = free[Count];
        payload.CopyTo(memory.AsSpan(block * maxOctets));
        Array.Copy(frames, at, frames, at + 1, Count - at);
        frames[at] = new QueuedFrame(timestamp, durationMs, codec, block, payload.Length);
        Count++;
        return true;
    }

    public ReadOnlySpan<byte> PayloadOf(QueuedFrame frame) => memory.AsSpan(frame.Block * maxOctets, frame.Length);

    /// <summary>Removes the first; its payload stays readable until the next is added.</summary>
    public QueuedFrame TakeHead()
    {
        var head = frames[0];
        Count--;
        Array.Copy(frames, 1, frames, 0, Count);
        free[Count] = head.Block;
        return head;
    }

    public void Dispose()
    {
        byte[] rented = memory;
        memory = [];
        if (rented.Length > 0) ArrayPool<byte>.Shared.Return(rented);
    }
}

/// <summary>One frame that waits.</summary>
/// <param name="Timestamp">Milliseconds of the sender's clock, made whole.</param>
/// <param name="Block">Where in the queue's memory it lies.</param>
internal readonly record struct QueuedFrame(long Timestamp, int DurationMs, AudioCodec Codec, int Block, int Length);
