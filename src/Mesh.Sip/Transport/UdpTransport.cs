using System.Buffers.Binary;
using Mesh.Io;

namespace Mesh.Sip.Transport;

/// <summary>SIP over UDP: one datagram, one message (RFC 3261 18.1.1). Keep-alives (nothing, CRLFs, STUN of RFC 5626) are counted and left unanswered.</summary>
public sealed class UdpTransport : ISipTransport, IDatagramReceiver, IDisposable
{
    private const uint StunCookie = 0x2112A442;
    private readonly IDatagramSocket socket;

    /// <param name="loop">The endpoint's loop.</param>
    /// <param name="local">Where to bind; port 0 takes a free one.</param>
    /// <param name="sentBy"><c>host[:port]</c> to advertise; null for the bound address.</param>
    public UdpTransport(Loop loop, NetAddress local, string? sentBy = null)
    {
        socket = loop.Bind(local, this, DatagramSocketOptions.Signalling);
        SentBy = sentBy ?? socket.Local.ToString();
    }

    public TransportProtocol Protocol => TransportProtocol.Udp;

    public NetAddress Local => socket.Local;

    public string SentBy { get; }

    public ISipReceiver? Receiver { get; set; }

    public DatagramCounters Counters => socket.Counters;

    /// <summary>Datagrams that were only there to hold a NAT binding open.</summary>
    public long KeepAlives { get; private set; }

    public bool TrySend(ReadOnlyMemory<byte> message, in SipFlow flow, ISendObserver? observer) => socket.TrySend(message.Span, flow.Remote);

    public void OnDatagram(IDatagramSocket arrivedAt, in Datagram datagram)
    {
        ReadOnlySpan<byte> payload = datagram.Payload;
        if (IsKeepAlive(payload)) { KeepAlives++; return; }
        Receiver?.OnDatagram(payload, new SipFlow(this, datagram.From));
    }

    public void OnUnreachable(IDatagramSocket from, NetAddress to) => Receiver?.OnUnreachable(this, to);

    public void Dispose() => socket.Dispose();

    private static bool IsKeepAlive(ReadOnlySpan<byte> payload) =>
        payload.IndexOfAnyExcept((byte)'\r', (byte)'\n', (byte)0) < 0
        || (payload.Length >= 20 && payload[0] < 4 && BinaryPrimitives.ReadUInt32BigEndian(payload[4..]) == StunCookie);
}
