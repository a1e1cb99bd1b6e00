using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Mesh.Io.Linux;

/// <summary>A non-blocking UDP descriptor of an <see cref="EpollDatagramLoop"/>.</summary>
[SupportedOSPlatform("linux")]
internal sealed unsafe class EpollDatagramSocket(EpollDatagramLoop loop, Descriptor descriptor, NetAddress local, IDatagramReceiver? receiver) : IDatagramSocket
{
    private int disposed;

    public NetAddress Local { get; } = local;

    public IDatagramReceiver? Receiver { get; set; } = receiver;

    public DatagramCounters Counters { get; } = new();

    public Descriptor Descriptor { get; } = descriptor;

    /// <summary>What its events carry: see <see cref="EpollSocketTable"/>.</summary>
    public ulong Tag { get; set; }

    public long KernelDropped
    {
        get
        {
            // sock_diag(7), SK_MEMINFO_DROPS: the ninth of an array of 32-bit counters.
            const int drops = 8;
            uint* memory = stackalloc uint[16];
            uint length = 16 * sizeof(uint);
            if (!Descriptor.TryHold()) return 0;
            int failed = Libc.getsockopt(Descriptor.Number, Libc.SolSocket, Libc.SoMemoryInfo, memory, &length);
            Descriptor.DangerousRelease();
            return failed == 0 && length > drops * sizeof(uint) ? memory[drops] : 0;
        }
    }

    [SkipLocalsInit]
    public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
    {
        if (Volatile.Read(ref disposed) != 0) return false;
        if (to.IsIPv4 != Local.IsIPv4) return Refuse();
        byte* address = stackalloc byte[KernelAddress.MaxLength];
        uint addressLength = KernelAddress.Write(to, address);
        if (!Descriptor.TryHold()) return false;
        try
        {
            fixed (byte* octets = payload) return Send(octets, payload.Length, address, addressLength);
        }
        finally { Descriptor.DangerousRelease(); }
    }

    /// <summary>
    /// Receives one datagram into <paramref name="buffer"/>. Returns its length, which is more than <paramref name="capacity"/> when it was cut, or -1 when there is none.
    /// <paramref name="address"/> has room for <see cref="KernelAddress.MaxLength"/> octets.
    /// </summary>
    public int Receive(byte* buffer, int capacity, byte* address)
    {
        if (!Descriptor.TryHold()) return -1;
        try
        {
            uint addressLength = KernelAddress.MaxLength;
            // Any error is passed over: nothing there, a signal, or an ICMP error, which the error queue tells with its destination.
            return (int)Libc.recvfrom(Descriptor.Number, buffer, (nuint)capacity, Libc.MsgTruncated, address, &addressLength);
        }
        finally { Descriptor.DangerousRelease(); }
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0) loop.Close(this);
    }

    private bool Send(byte* octets, int length, byte* address, uint addressLength)
    {
        // An earlier datagram's ICMP error is told instead of sending this one, once; a signal may come between too.
        for (int attempt = 0; attempt < 3; attempt++)
        {
            if (Libc.sendto(Descriptor.Number, octets, (nuint)length, 0, address, addressLength) >= 0)
            {
                Counters.Sent++;
                return true;
            }
            int errno = Marshal.GetLastSystemError();
            if (errno != Errno.Interrupted && !Errno.IsUnreachable(errno)) break;
        }
        return Refuse();
    }

    private bool Refuse()
    {
        Counters.SendRefused++;
        return false;
    }
}
