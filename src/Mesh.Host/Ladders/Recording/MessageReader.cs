using System.Buffers.Binary;
using Mesh.Io;

namespace Mesh.Host.Ladders.Recording;

/// <summary>One message as it was recorded.</summary>
/// <param name="AtMicros">On the clock of the loop that recorded it.</param>
/// <param name="Way">Which of the site's listeners carried it.</param>
public readonly record struct RecordedMessage(long AtMicros, bool IsSent, byte Way, NetAddress Remote, byte[] Octets);

/// <summary>Reads what a <see cref="MessageLog"/> wrote, off its loop. Messages whose beginning or end went with the middle are passed over.</summary>
public static class MessageReader
{
    public static List<RecordedMessage> Read(ReadOnlySpan<byte> blocks)
    {
        var messages = new List<RecordedMessage>();
        var assembled = new List<byte>();
        int assembling = -1;
        for (; blocks.Length >= BlockPool.BlockOctets; blocks = blocks[BlockPool.BlockOctets..])
        {
            int used = BinaryPrimitives.ReadUInt16LittleEndian(blocks);
            var rest = blocks[MessageLog.BlockHeader..used];
            while (rest.Length > MessageLog.FragmentHeader)
            {
                int length = BinaryPrimitives.ReadUInt16LittleEndian(rest), number = BinaryPrimitives.ReadUInt16LittleEndian(rest[2..]);
                byte flags = rest[4];
                if ((flags & MessageLog.Begins) != 0)
                {
                    assembled.Clear();
                    assembling = number;
                }
                else if (assembling != number) assembling = -1;
                if (assembling >= 0) assembled.AddRange(rest.Slice(MessageLog.FragmentHeader, length));
                if (assembling >= 0 && (flags & MessageLog.Ends) != 0)
                {
                    messages.Add(Message([.. assembled]));
                    assembling = -1;
                }
                rest = rest[(MessageLog.FragmentHeader + length)..];
            }
        }
        return messages;
    }

    private static RecordedMessage Message(ReadOnlySpan<byte> octets) => new(
        BinaryPrimitives.ReadInt64LittleEndian(octets), octets[8] != 0, octets[9],
        NetAddress.FromIPv6(octets.Slice(10, 16), BinaryPrimitives.ReadUInt16LittleEndian(octets[26..])),
        octets[MessageLog.MessageHeader..].ToArray());
}
