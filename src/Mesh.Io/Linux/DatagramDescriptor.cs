using System.Runtime.InteropServices;

namespace Mesh.Io.Linux;

/// <summary>Makes and binds the descriptor of a UDP socket.</summary>
internal static unsafe class DatagramDescriptor
{
    /// <summary>Binds <paramref name="local"/> and returns the descriptor with the address it really has. Throws <see cref="System.Net.Sockets.SocketException"/> naming the address.</summary>
    public static (Descriptor Descriptor, NetAddress Local) Open(NetAddress local, DatagramSocketOptions options)
    {
        int number = Libc.socket(local.IsIPv4 ? Libc.AddressFamilyIPv4 : Libc.AddressFamilyIPv6, Libc.DatagramNonBlockingCloseOnExec, 0);
        if (number < 0) throw Errno.ToException(Marshal.GetLastSystemError(), "socket", local);
        var descriptor = new Descriptor(number);
        try
        {
            Configure(number, local, options);
            byte* address = stackalloc byte[KernelAddress.MaxLength];
            uint length = KernelAddress.Write(local, address);
            if (Libc.bind(number, address, length) < 0) throw Errno.ToException(Marshal.GetLastSystemError(), "bind", local);
            length = KernelAddress.MaxLength;
            if (Libc.getsockname(number, address, &length) < 0) throw Errno.ToException(Marshal.GetLastSystemError(), "getsockname", local);
            return (descriptor, KernelAddress.Read(address));
        }
        catch
        {
            descriptor.Dispose();
            throw;
        }
    }

    private static void Configure(int number, NetAddress local, DatagramSocketOptions options)
    {
        SetSize(number, Libc.SoReceiveBufferForce, Libc.SoReceiveBuffer, options.ReceiveBufferBytes);
        SetSize(number, Libc.SoSendBufferForce, Libc.SoSendBuffer, options.SendBufferBytes);
        if (local.IsIPv4)
        {
            Set(number, Libc.LevelIPv4, Libc.IpReceiveErrors, 1);
            Set(number, Libc.LevelIPv4, Libc.IpTos, options.Dscp << 2);
        }
        else
        {
            // Otherwise [::]:5060 and 0.0.0.0:5060 could not both be bound.
            Set(number, Libc.LevelIPv6, Libc.Ipv6Only, 1);
            Set(number, Libc.LevelIPv6, Libc.Ipv6ReceiveErrors, 1);
            Set(number, Libc.LevelIPv6, Libc.Ipv6TrafficClass, options.Dscp << 2);
        }
    }

    /// <summary>Root may go beyond <c>net.core.rmem_max</c>; others get what it allows.</summary>
    private static void SetSize(int number, int force, int plain, int octets)
    {
        if (!Set(number, Libc.SolSocket, force, octets)) Set(number, Libc.SolSocket, plain, octets);
    }

    private static bool Set(int number, int level, int name, int value) => Libc.setsockopt(number, level, name, &value, sizeof(int)) == 0;
}
