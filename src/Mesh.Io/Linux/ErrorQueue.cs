using System.Runtime.CompilerServices;
using System.Runtime.Versioning;

namespace Mesh.Io.Linux;

/// <summary>
/// Reads the ICMP errors a socket has been told of (ip(7), IP_RECVERR): one <c>sock_extended_err</c> in the first control message
/// (<c>cmsghdr</c>: length as long as a pointer, level 4, type 4; then errno 4, origin 1), the destination of the datagram it answers as the address.
/// </summary>
[SupportedOSPlatform("linux")]
internal static unsafe class ErrorQueue
{
    private const byte OriginIcmp = 2, OriginIcmp6 = 3;
    private const int ControlLength = 512;

    /// <summary>Takes one error off the queue. False when there is none; <paramref name="to"/> is none for an error that is not an unreachable destination.</summary>
    [SkipLocalsInit]
    public static bool TryRead(EpollDatagramSocket socket, out NetAddress to)
    {
        to = default;
        byte* address = stackalloc byte[KernelAddress.MaxLength], control = stackalloc byte[ControlLength];
        byte payload;
        var segment = new Libc.Segment { Base = &payload, Length = 1 };
        var message = new Libc.MessageHeader
        {
            Name = address, NameLength = KernelAddress.MaxLength, Segments = &segment, SegmentCount = 1, Control = control, ControlLength = ControlLength,
        };
        if (!socket.Descriptor.TryHold()) return false;
        try
        {
            if (Libc.recvmsg(socket.Descriptor.Number, &message, Libc.MsgErrorQueue) < 0) return false;
        }
        finally { socket.Descriptor.DangerousRelease(); }
        int header = sizeof(nint) + 8;
        if ((int)message.ControlLength < header + 16 || message.NameLength == 0) return true;
        int errno = Unsafe.ReadUnaligned<int>(control + header);
        byte origin = control[header + 4];
        if (origin is OriginIcmp or OriginIcmp6 && errno != Errno.MessageSize) to = KernelAddress.Read(address);
        return true;
    }
}
