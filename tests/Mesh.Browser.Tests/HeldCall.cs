using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Mesh.Browser.Tests;

/// <summary>A call between two SIPps.</summary>
/// <param name="at">Where the carrier listens.</param>
/// <param name="id">The Call-ID of its leg.</param>
public sealed class HeldCall(ChildProcess carrier, ChildProcess phone, IPEndPoint at, string id) : IDisposable
{
    /// <summary>The carrier hangs up.</summary>
    public async Task EndAsync()
    {
        using var socket = new UdpClient(new IPEndPoint(at.Address, 0));
        string here = socket.Client.LocalEndPoint!.ToString()!;
        await socket.SendAsync(Encoding.ASCII.GetBytes($"INFO sip:{at} SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bKenough\r\nFrom: <sip:test@{here}>;tag=1\r\nTo: <sip:{at}>\r\nCall-ID: {id}\r\nCSeq: 1 INFO\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n\r\n"), at);
    }

    /// <summary>Both ends saw what they should have seen.</summary>
    public async Task EndedWellAsync()
    {
        Assert.True(await carrier.WaitAsync(TimeSpan.FromSeconds(120)) == 0, carrier.Output);
        Assert.True(await phone.WaitAsync(TimeSpan.FromSeconds(60)) == 0, phone.Output);
    }

    public void Dispose()
    {
        carrier.Dispose();
        phone.Dispose();
    }
}
