using System.Buffers.Binary;

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
        BinaryPrimitives.WriteUInt16BigEndian(buffer, 0);
        buffer[2] = 1;
        buffer[3] = withTimestamps ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(buffer[4..], timestamp);
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
        var entry = buffer[Length..];
        BinaryPrimitives.WriteUInt16BigEndian(entry, withTimestamps ? (ushort)payload.Length : sourceCall);
        BinaryPrimitives.WriteUInt16BigEndian(entry[2..], withTimestamps ? sourceCall : (ushort)payload.Length);
        if (withTimestamps) BinaryPrimitives.WriteUInt16BigEndian(entry[4..], timestamp);
        payload.CopyTo(entry[header..]);
        Length += header + payload.Length;
        return true;
    }
}
