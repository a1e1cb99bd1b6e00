using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>Our own Contact: the transport's advertised address, so that requests come back the way they go out.</summary>
internal static class OwnContact
{
    public static SipText Of(in SipFlow flow, SipText user)
    {
        // sip and not sips also over TLS: sips would promise TLS on every hop (RFC 5630), which is not ours to promise.
        string transport = flow.Transport.Protocol.UriName() is { } name ? $";transport={name}" : "";
        return user.IsEmpty ? SipText.From($"<sip:{flow.Transport.SentBy}{transport}>") : SipText.From($"<sip:{user}@{flow.Transport.SentBy}{transport}>");
    }
}
