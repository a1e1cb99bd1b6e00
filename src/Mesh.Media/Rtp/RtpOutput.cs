using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>
/// The sending half of a port: one SSRC, one row of sequence numbers, whichever thread sends. Numbers are drawn with <see cref="Interlocked"/>, so two threads at
/// the moment of a switch never use the same.
/// </summary>
internal sealed class RtpOutput(IDatagramSocket socket, uint ssrc, ushort firstSequence, AudioPortCounters counters)
{
    private const int LargestStep = 1000;
    private int sequence = firstSequence - 1;

    public uint Ssrc { get; } = ssrc;

    /// <summary>Writes a header into the <see cref="RtpHeader.Size"/> octets before <paramref name="offset"/> and sends both.</summary>
    public void Send(NetAddress to, Span<byte> buffer, int offset, int length, byte payloadType, bool marker, uint timestamp, int step = 1)
    {
        new RtpHeader(payloadType, marker, Next(step), timestamp, Ssrc).Write(buffer[(offset - RtpHeader.Size)..]);
        if (!socket.TrySend(buffer.Slice(offset - RtpHeader.Size, RtpHeader.Size + length), to)) return;
        counters.PacketsSent++;
        counters.OctetsSent += length;
    }

    /// <summary>A late packet (step 0 or less) takes a number that was passed over; the row itself stands.</summary>
    private ushort Next(int step) => step switch
    {
        <= 0 and > -LargestStep => (ushort)(Volatile.Read(ref sequence) + step),
        <= LargestStep and > 0 => (ushort)Interlocked.Add(ref sequence, step),
        _ => (ushort)Interlocked.Increment(ref sequence),
    };
}
