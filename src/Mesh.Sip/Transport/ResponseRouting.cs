using Mesh.Sip.Messages;

namespace Mesh.Sip.Transport;

/// <summary>Where a response goes (RFC 3261 18.2.2, RFC 3581 section 4). <c>maddr</c> is not obeyed: it would let a stranger aim our answers at a third party.</summary>
internal static class ResponseRouting
{
    /// <summary>Datagrams: back to the source, to the source's port only if <c>rport</c> asks, else to the port of sent-by. Streams: the same connection; if it is gone, a new one to that port.</summary>
    public static SipFlow Of(in Via top, in SipFlow flow)
    {
        if (!flow.IsReliable && top.WantsRport) return flow;
        var remote = flow.Remote.WithPort((ushort)(top.Port ?? flow.Transport.Protocol.DefaultPort()));
        return flow with { Remote = remote };
    }
}
