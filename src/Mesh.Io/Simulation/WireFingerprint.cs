using System.Buffers.Binary;

namespace Mesh.Io.Simulation;

/// <summary>A running 64-bit FNV-1a hash over datagrams. Not keyed per process, unlike <see cref="HashCode"/>, so it can be compared between runs.</summary>
internal struct WireFingerprint()
{
    private const ulong Offset = 14695981039346656037, Prime = 1099511628211;

    public ulong Value { get; private set; } = Offset;

    public void Add(in WireDatagram datagram)
    {
        Span<byte> head = stackalloc byte[8 + 18 + 18 + 1 + 4];
        BinaryPrimitives.WriteInt64LittleEndian(head, datagram.AtMicros);
        Write(datagram.From, head[8..]);
        Write(datagram.To, head[26..]);
        head[44] = (byte)datagram.Fate;
        BinaryPrimitives.WriteInt32LittleEndian(head[45..], datagram.Payload.Length);
        Mix(head);
        Mix(datagram.Payload.Span);
    }

    private static void Write(NetAddress address, Span<byte> eighteen)
    {
        address.WriteIPv6(eighteen);
        BinaryPrimitives.WriteUInt16LittleEndian(eighteen[16..], address.Port);
    }

    private void Mix(ReadOnlySpan<byte> octets)
    {
        ulong hash = Value;
        foreach (byte octet in octets) hash = (hash ^ octet) * Prime;
        Value = hash;
    }
}
