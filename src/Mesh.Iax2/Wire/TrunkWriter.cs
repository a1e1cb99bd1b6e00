namespace Mesh.Iax2.Wire;

/// <summary>Builds a <see cref="TrunkFrame"/> in a buffer, entry by entry, up to the buffer's size (the MTU).</summary>
public ref struct TrunkWriter
{
    private readonly Span<byte> buffer;
    private readonly bool withTimestamps;

    public TrunkWriter(Span<byte> buffer, bool withTimestamps, uint timestamp)
    {
        this.buffer = buffer;
        this.withTimestamps = withTimestamps;
        TrunkFrame.WriteHeader(buffer, withTimestamps, timestamp);
        Length = TrunkFrame.HeaderLength;
    }

    /// <summary>Octets written so far.</summary>
    public int Length { get; private set; }

    public readonly ReadOnlySpan<byte> Written => buffer[..Length];

    /// <summary>False when the entry does not fit any more; nothing is written then.</summary>
    public bool TryAdd(ushort sourceCall, ushort timestamp, ReadOnlySpan<byte> payload)
    {
        int header = withTimestamps ? TrunkEntry.TimedHeaderLength : TrunkEntry.PlainHeaderLength;
        if (Length + header + payload.Length > buffer.Length || payload.Length > ushort.MaxValue) return false;
        TrunkEntry.Write(buffer[Length..], withTimestamps, sourceCall, timestamp, payload);
        Length += header + payload.Length;
        return true;
    }
}
