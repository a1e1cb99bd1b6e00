using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Mesh.Iax2.Calls;

/// <summary>
/// The last voice frames of one direction, by which a datagram that the network delivered twice is known. The same stamp alone proves nothing, some endpoints repeat stamps:
/// the ends of the payload must be the same too. Pure; allocates nothing.
/// </summary>
internal struct RecentVoice
{
    /// <summary>About a third of a second of 20 ms frames.</summary>
    private const int Remembered = 16;

    private Frames frames;
    private int next;

    /// <summary>True for a frame that came before; else it is remembered.</summary>
    public bool IsRepeated(uint timestamp, ReadOnlySpan<byte> payload)
    {
        var frame = new Frame(timestamp, Ends(payload), IsPresent: true);
        foreach (ref readonly var known in (ReadOnlySpan<Frame>)frames)
            if (known == frame) return true;
        frames[next++ & (Remembered - 1)] = frame;
        return false;
    }

    private static ulong Ends(ReadOnlySpan<byte> payload)
    {
        if (payload.Length >= sizeof(ulong)) return BinaryPrimitives.ReadUInt64LittleEndian(payload) ^ ulong.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(payload[^sizeof(ulong)..]), 7);
        ulong ends = 0;
        foreach (byte octet in payload) ends = ends << 8 | octet;
        return ends;
    }

    private readonly record struct Frame(uint Timestamp, ulong Ends, bool IsPresent);

    [InlineArray(Remembered)]
    private struct Frames
    {
        private Frame first;
    }
}
