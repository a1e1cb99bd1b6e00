using System.Buffers.Binary;
using Mesh.Io;

namespace Mesh.Host.Ladders.Recording;

/// <summary>
/// The messages of one leg, one after another over a chain of blocks; of a leg that says too much, those in the middle go. One loop's; what it wrote is read by <see cref="MessageReader"/>.
/// <code>
/// block:    octets used (2), fragments
/// fragment: length (2), number of the message (2), 1 when it begins the message | 2 when it ends it (1), octets
/// message:  microseconds (8), 1 when sent (1), way (1), remote address (16) and port (2), the octets as they were on the wire
/// </code>
/// </summary>
public sealed class MessageLog(BlockPool pool, int maxBlocks)
{
    public const int BlockHeader = 2, FragmentHeader = 5, MessageHeader = 28;
    public const byte Begins = 1, Ends = 2;

    /// <summary>A smaller rest of a block is left empty.</summary>
    private const int LeastRoom = FragmentHeader + 32;

    private readonly int most = Math.Max(4, maxBlocks);
    private int first = BlockPool.None, last = BlockPool.None, middle = BlockPool.None;
    private int used, blocks;
    private ushort number;

    /// <summary>Messages recorded, those that went again too.</summary>
    public int Count => number;

    /// <summary>True once the middle has gone.</summary>
    public bool IsCut { get; private set; }

    /// <summary>The most blocks a message of so many octets takes.</summary>
    public static int BlocksFor(int octets) => 1 + (octets + MessageHeader) / (BlockPool.BlockOctets - BlockHeader - FragmentHeader);

    /// <summary>Only when the pool has <see cref="BlocksFor"/> it.</summary>
    public void Add(long atMicros, bool isSent, byte way, NetAddress remote, ReadOnlySpan<byte> octets)
    {
        Span<byte> header = stackalloc byte[MessageHeader];
        BinaryPrimitives.WriteInt64LittleEndian(header, atMicros);
        header[8] = isSent ? (byte)1 : (byte)0;
        header[9] = way;
        remote.WriteIPv6(header[10..]);
        BinaryPrimitives.WriteUInt16LittleEndian(header[26..], remote.Port);
        number++;
        if (last == BlockPool.None || BlockPool.BlockOctets - used < LeastRoom) Grow();
        var rest = octets;
        byte flags = Begins;
        ReadOnlySpan<byte> head = header;
        while (true)
        {
            var room = pool.Octets(last)[used..];
            int fits = Math.Min(room.Length - FragmentHeader, head.Length + rest.Length), fromRest = fits - head.Length;
            bool ends = fromRest == rest.Length;
            BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)fits);
            BinaryPrimitives.WriteUInt16LittleEndian(room[2..], number);
            room[4] = (byte)(flags | (ends ? Ends : 0));
            head.CopyTo(room[FragmentHeader..]);
            rest[..fromRest].CopyTo(room[(FragmentHeader + head.Length)..]);
            used += FragmentHeader + fits;
            BinaryPrimitives.WriteUInt16LittleEndian(pool.Octets(last), (ushort)used);
            if (ends) return;
            rest = rest[fromRest..];
            head = [];
            flags = 0;
            Grow();
        }
    }

    /// <summary>Every block as it is, to be read elsewhere.</summary>
    public byte[] Copy()
    {
        var copy = new byte[blocks * BlockPool.BlockOctets];
        int at = 0;
        for (int block = first; block != BlockPool.None; block = pool.Next(block), at += BlockPool.BlockOctets) pool.Octets(block).CopyTo(copy.AsSpan(at));
        return copy;
    }

    /// <summary>Gives every block back and begins anew.</summary>
    public void Clear()
    {
        pool.GiveChain(first);
        first = last = middle = BlockPool.None;
        blocks = used = number = 0;
        IsCut = false;
    }

    private void Grow()
    {
        if (blocks == most) Cut();
        int block = pool.Take();
        if (last == BlockPool.None) first = block;
        else pool.Chain(last, block);
        last = block;
        used = BlockHeader;
        BinaryPrimitives.WriteUInt16LittleEndian(pool.Octets(block), BlockHeader);
        if (++blocks == most / 2) middle = block;
    }

    /// <summary>The block after the first half goes.</summary>
    private void Cut()
    {
        int gone = pool.Next(middle);
        pool.Chain(middle, pool.Next(gone));
        pool.Give(gone);
        blocks--;
        IsCut = true;
    }
}
