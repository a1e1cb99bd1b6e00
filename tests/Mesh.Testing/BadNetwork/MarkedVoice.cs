using System.Buffers.Binary;

namespace Mesh.Testing.BadNetwork;

/// <summary>
/// A voice frame that says whose it is: mark, direction, call, number in its row; the rest of its 160 octets follows from those, so that any change shows.
/// The mark is found inside whatever carries it: full, mini or trunk frames.
/// </summary>
public readonly record struct MarkedVoice(int Call, bool FromCaller, int Number)
{
    public const int Length = 160, FrameMs = 20;
    private const int HeadLength = 12;

    private static ReadOnlySpan<byte> Mark => [0x4D, 0xD5, 0x6B];

    public void Write(Span<byte> payload)
    {
        Mark.CopyTo(payload);
        payload[3] = FromCaller ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(payload[4..], Call);
        BinaryPrimitives.WriteInt32BigEndian(payload[8..], Number);
        byte seed = (byte)(Call * 31 + Number * 7 + payload[3]);
        for (int i = HeadLength; i < Length; i++) payload[i] = (byte)(seed + i * 3);
    }

    /// <summary>False when the payload is not exactly such a frame.</summary>
    public static bool TryRead(ReadOnlySpan<byte> payload, out MarkedVoice voice)
    {
        voice = default;
        if (payload.Length != Length || !payload.StartsWith(Mark)) return false;
        voice = Head(payload);
        Span<byte> wanted = stackalloc byte[Length];
        voice.Write(wanted);
        return payload.SequenceEqual(wanted);
    }

    /// <summary>Calls <paramref name="found"/> for every such frame inside a datagram.</summary>
    public static void FindAll(ReadOnlySpan<byte> datagram, Action<MarkedVoice> found)
    {
        while (datagram.IndexOf(Mark) is var at and >= 0 && datagram.Length - at >= Length)
        {
            found(Head(datagram[at..]));
            datagram = datagram[(at + Length)..];
        }
    }

    private static MarkedVoice Head(ReadOnlySpan<byte> payload) =>
        new(BinaryPrimitives.ReadInt32BigEndian(payload[4..]), payload[3] == 1, BinaryPrimitives.ReadInt32BigEndian(payload[8..]));
}
