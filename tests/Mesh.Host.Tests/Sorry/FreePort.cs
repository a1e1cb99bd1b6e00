using System.Net;
using System.Net.Sockets;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Tests.Sorry;

/// <summary>A port that was free a moment ago, on an address no other test has.</summary>
public static class FreePort
{
    public static ListenAddress On(string address, string transport)
    {
        using var probe = new TcpListener(IPAddress.Parse(address), 0);
        probe.Start();
        int port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return new ListenAddress(transport, IPAddress.Parse(address), (ushort)port, "");
    }
}
