namespace Mesh.Io;

/// <summary>
/// A bound UDP socket of a loop: on Linux an epoll descriptor, elsewhere a <see cref="System.Net.Sockets.Socket"/>, in the simulator an address on a virtual wire.
/// Receives on its loop's thread; <see cref="TrySend"/> may be called from any loop's thread.
/// </summary>
public interface IDatagramSocket : IDisposable
{
    NetAddress Local { get; }

    /// <summary>Who takes what arrives; may be replaced on the loop's thread, null discards (a pooled port at rest).</summary>
    IDatagramReceiver? Receiver { get; set; }

    /// <summary>Sends one datagram now. False when the system refused it (full buffer, no route); counted in <see cref="Counters"/>.</summary>
    bool TrySend(ReadOnlySpan<byte> payload, NetAddress to);

    DatagramCounters Counters { get; }

    /// <summary>Datagrams the kernel dropped because the receive buffer was full. Asked of the system each time; 0 where it does not tell (Linux tells).</summary>
    long KernelDropped => 0;
}

/// <summary>What happened at one socket. Plain fields, written by its threads, read by metrics; a torn read costs nothing.</summary>
public sealed class DatagramCounters
{
    public long Received, Sent, SendRefused, IcmpErrors, Oversized, ReceiverFaults;
}

/// <summary>How a socket is made. Sizes in octets; the kernel may grant less.</summary>
public sealed record DatagramSocketOptions
{
    public int ReceiveBufferBytes { get; init; } = 4 << 20;
    public int SendBufferBytes { get; init; } = 1 << 20;
    /// <summary>DSCP in the upper six bits of the TOS octet: 46 (EF) for media, 24 (CS3) for signalling, RFC 4594.</summary>
    public int Dscp { get; init; }

    public static readonly DatagramSocketOptions Signalling = new() { Dscp = 24 };
    public static readonly DatagramSocketOptions Media = new() { Dscp = 46, ReceiveBufferBytes = 256 << 10, SendBufferBytes = 256 << 10 };
}
