using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Sip.Transport;

/// <summary>One listening address of an endpoint: datagrams (<see cref="UdpTransport"/>) or connections (<see cref="StreamTransport"/>). Used on the endpoint's loop unless a member says otherwise.</summary>
public interface ISipTransport
{
    TransportProtocol Protocol { get; }

    /// <summary>The bound address.</summary>
    NetAddress Local { get; }

    /// <summary><c>host:port</c> as our Via and Contact show it: the advertised address.</summary>
    string SentBy { get; }

    /// <summary>Takes what arrives; set once by the endpoint.</summary>
    ISipReceiver? Receiver { get; set; }

    /// <summary>
    /// Sends one whole message over <paramref name="flow"/>. <paramref name="message"/> must not change afterwards: a stream may still be writing it. False when it cannot be sent;
    /// a failure that shows only later (a refused connection) is told to <paramref name="observer"/> on the loop.
    /// </summary>
    bool TrySend(ReadOnlyMemory<byte> message, in SipFlow flow, ISendObserver? observer);
}

/// <summary>Takes the messages of a transport, on the loop.</summary>
public interface ISipReceiver
{
    /// <summary>A datagram that is to hold one message; valid during the call only.</summary>
    void OnDatagram(ReadOnlySpan<byte> datagram, in SipFlow flow);

    /// <summary>A message cut out of a stream.</summary>
    void OnMessage(SipMessage message, in SipFlow flow);

    /// <summary>What a stream held did not read.</summary>
    void OnUnreadable(in SipParseError error, in SipFlow flow);

    /// <summary>The system reports that nothing listens at <paramref name="remote"/> (ICMP).</summary>
    void OnUnreachable(ISipTransport transport, NetAddress remote);
}

/// <summary>Told on the loop that a message taken by <see cref="ISipTransport.TrySend"/> was not sent after all.</summary>
public interface ISendObserver
{
    void OnSendFailed();
}
