using System.Text;
using Mesh.Io;
using Mesh.Io.Simulation;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Tests.Endpoint;

/// <summary>A peer without a stack: sends the octets a test writes and keeps what comes back.</summary>
internal sealed class RawPeer : IDatagramReceiver
{
    private readonly IDatagramSocket socket;

    public RawPeer(SimulatedWorld world, string address)
    {
        var loop = world.CreateLoop(address);
        socket = loop.Invoke(() => loop.Bind(NetAddress.Parse(address), this, DatagramSocketOptions.Signalling));
    }

    public List<SipMessage> Received { get; } = [];

    public IEnumerable<SipResponse> Responses => Received.OfType<SipResponse>();

    /// <summary>What comes back need not be whole: the answer to a broken request.</summary>
    public bool ReadsAnything { get; init; }

    public int LastStatus => Responses.Last().Status.Code;

    public string LastToTag => Responses.Last().To.Tag.ToString();

    public void Send(NetAddress to, string message) => Assert.True(socket.TrySend(Encoding.UTF8.GetBytes(message), to));

    public void Send(NetAddress to, ReadOnlySpan<byte> message) => socket.TrySend(message, to);

    public void OnDatagram(IDatagramSocket arrivedAt, in Datagram datagram)
    {
        bool read = SipParser.TryParse(datagram.Payload, out var message, out var error);
        Assert.True(read || ReadsAnything, $"{error.Fault}");
        if (read) Received.Add(message!);
    }

    public static string Request(string method, string? branch = "z9hG4bK1", string? toTag = null, int cseq = 1, string headers = "", string uri = "sip:301@10.0.0.2", string body = "", string fromTag = "f1",
        string via = "SIP/2.0/UDP 10.0.0.9:5060", string callId = "raw@10.0.0.9", int maxForwards = 70) =>
        $"{method} {uri} SIP/2.0\r\nVia: {via}{(branch is null ? "" : $";branch={branch}")}\r\nMax-Forwards: {maxForwards}\r\nFrom: <sip:raw@10.0.0.9>;tag={fromTag}\r\n" +
        $"To: <sip:301@10.0.0.2>{(toTag is null ? "" : $";tag={toTag}")}\r\nCall-ID: {callId}\r\nCSeq: {cseq} {method}\r\nContact: <sip:raw@10.0.0.9:5060>\r\n{headers}" +
        $"Content-Length: {body.Length}\r\n\r\n{body}";
}
