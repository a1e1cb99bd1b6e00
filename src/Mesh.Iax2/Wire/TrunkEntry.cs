using System.Buffers.Binary;

namespace Mesh.Iax2.Wire;

/// <summary>One call's voice inside a <see cref="TrunkFrame"/>, by its place in the datagram.</summary>
public readonly struct TrunkEntry
{
    public const int PlainHeaderLength = 4;
    public const int TimedHeaderLength = 6;

    public ushort SourceCall { get; init; }

    /// <summary>Low 16 bits of the call's clock; 0 means absent, and always so in a frame without time stamps.</summary>
    public ushort Timestamp { get; init; }

    /// <summary>Octets from the start of the datagram to the payload.</summary>
    public int Offset { get; init; }

    public int Length { get; init; }

    /// <summary>Writes the header of an entry and its payload; <paramref name="destination"/> has room for both.</summary>
    public static void Write(Span<byte> destination, bool withTimestamp, ushort sourceCall, ushort timestamp, ReadOnlySpan<byte> payload)
    {
        BinaryPrimitives.WriteUInt16BigEndian(destination, withTimestamp ? (ushort)payload.Length : sourceCall);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], withTimestamp ? sourceCall : (ushort)payload.Length);
        if (withTimestamp) BinaryPrimitives.WriteUInt16BigEndian(destination[4..], timestamp);
        payload.CopyTo(destination[(withTimestamp ? TimedHeaderLength : PlainHeaderLength)..]);
    }
}
