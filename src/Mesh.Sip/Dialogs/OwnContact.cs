using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>Our own Contact: the transport's advertised address, so that requests come back the way they go out.</summary>
internal static class OwnContact
{
    public static string Of(in SipFlow flow, SipText user)
    {
        string scheme = flow.Transport.Protocol is TransportProtocol.Tls or TransportProtocol.Wss ? "sips" : "sip";
        string transport = flow.Transport.Protocol is TransportProtocol.Tcp or TransportProtocol.Ws or TransportProtocol.Wss ? $";transport={flow.Transport.Protocol.UriName()}" : "";
        return user.IsEmpty ? $"<{scheme}:{flow.Transport.SentBy}{transport}>" : $"<{scheme}:{user}@{flow.Transport.SentBy}{transport}>";
    }
}
