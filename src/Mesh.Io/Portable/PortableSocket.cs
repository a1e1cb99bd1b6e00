using System.Net;
using System.Net.Sockets;

namespace Mesh.Io.Portable;

/// <summary>Makes and binds a <see cref="Socket"/> for datagrams.</summary>
internal static class PortableSocket
{
    /// <summary>Throws <see cref="SocketException"/> naming the address.</summary>
    public static Socket Open(NetAddress local, DatagramSocketOptions options)
    {
        var socket = new Socket(local.IsIPv4 ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Blocking = false;
            socket.ReceiveBufferSize = options.ReceiveBufferBytes;
            socket.SendBufferSize = options.SendBufferBytes;
            if (!local.IsIPv4) socket.DualMode = false;
            SetDscp(socket, options.Dscp);
            socket.Bind(local.ToIPEndPoint());
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SocketException((int)e.SocketErrorCode, $"cannot bind {local}: {e.Message}");
        }
    }

    /// <summary>Marks what is sent where the system lets a program do so; Windows does not, and IPv6 has no portable option.</summary>
    private static void SetDscp(Socket socket, int dscp)
    {
        if (dscp == 0 || socket.AddressFamily != AddressFamily.InterNetwork || OperatingSystem.IsWindows()) return;
        socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.TypeOfService, dscp << 2);
    }
}
