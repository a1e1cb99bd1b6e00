using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Mesh.Io.Linux;

/// <summary>The errors of <c>errno.h</c> the loop tells apart.</summary>
internal static class Errno
{
    public const int Interrupted = 4, Access = 13, TooManyFiles = 24, MessageSize = 90, FamilyNotSupported = 97, AddressInUse = 98, AddressNotAvailable = 99,
        NetworkUnreachable = 101, NoBuffers = 105, ConnectionRefused = 111, HostDown = 112, HostUnreachable = 113;

    /// <summary>What an earlier datagram's ICMP error leaves behind on the socket, to be told at the next call.</summary>
    public static bool IsUnreachable(int errno) => errno is ConnectionRefused or HostUnreachable or NetworkUnreachable or HostDown;

    /// <summary>The exception for a <paramref name="step"/> of making a socket at <paramref name="local"/>.</summary>
    public static SocketException ToException(int errno, string step, NetAddress local) =>
        new((int)ToSocketError(errno), $"cannot bind {local}: {step}: {Marshal.GetPInvokeErrorMessage(errno)}");

    private static SocketError ToSocketError(int errno) => errno switch
    {
        Access => SocketError.AccessDenied,
        TooManyFiles => SocketError.TooManyOpenSockets,
        FamilyNotSupported => SocketError.AddressFamilyNotSupported,
        AddressInUse => SocketError.AddressAlreadyInUse,
        AddressNotAvailable => SocketError.AddressNotAvailable,
        NoBuffers => SocketError.NoBufferSpaceAvailable,
        _ => SocketError.SocketError,
    };
}
