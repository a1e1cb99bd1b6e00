using System.Buffers;
using System.Collections.Concurrent;
using Mesh.Host.Admin;

namespace Mesh.Host.Listening;

/// <summary>Where the buffers of public connections come from: counted against a budget. Any thread.</summary>
/// <param name="octets">Above it <see cref="OnOver"/> is called with every block that is rented.</param>
public sealed class PublicMemory(long octets) : MemoryPool<byte>, IMetricSource
{
    /// <summary>Octets of a block: small, for a slow connection holds one for a handful of octets.</summary>
    public const int BlockOctets = 2048;

    /// <summary>Blocks kept for the next flood.</summary>
    public const int MaxKept = 4096;

    private readonly ConcurrentQueue<Block> kept = new();
    private long held, most, over;

    /// <summary>Has somebody give some back. Called within the lock of whoever rents: it may not do so itself.</summary>
    public Action OnOver { get; set; } = static () => { };

    public override int MaxBufferSize => BlockOctets;

    public long Held => Volatile.Read(ref held);

    /// <summary>How much more is held than there should be; 0 when it is not.</summary>
    public long Over => Math.Max(0, Held - octets);

    /// <summary>Counts what is held besides blocks.</summary>
    public void Charge(int more) => Count(more);

    public void Discharge(int less) => Interlocked.Add(ref held, -less);

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockOctets);
        if (!kept.TryDequeue(out var block)) block = new Block(this);
        block.IsRented = true;
        Count(BlockOctets);
        return block;
    }

    public void Write(MetricWriter writer)
    {
        writer.Gauge("mesh_public_memory_bytes", "Octets held for public connections: buffers, what is not answered yet, and a fixed sum for each connection.", Held);
        writer.Gauge("mesh_public_memory_most_bytes", "The most there were.", Volatile.Read(ref most));
        writer.Gauge("mesh_public_memory_budget_bytes", "The most there should be; above it the slowest connections are ended.", octets);
        writer.Counter("mesh_public_memory_over_total", "How often more was taken than the budget has.", Volatile.Read(ref over));
    }

    protected override void Dispose(bool disposing) { }

    private void Count(int more)
    {
        long now = Interlocked.Add(ref held, more);
        if (now > Volatile.Read(ref most)) Volatile.Write(ref most, now);
        if (now <= octets) return;
        Interlocked.Increment(ref over);
        OnOver();
    }

    private void Return(Block block)
    {
        Interlocked.Add(ref held, -BlockOctets);
        if (kept.Count < MaxKept) kept.Enqueue(block);
    }

    private sealed class Block(PublicMemory pool) : IMemoryOwner<byte>
    {
        private readonly byte[] octets = GC.AllocateUninitializedArray<byte>(BlockOctets, pinned: true);
        public volatile bool IsRented;

        public Memory<byte> Memory => octets;

        public void Dispose()
        {
            if (!IsRented) return;
            IsRented = false;
            pool.Return(this);
        }
    }
}
