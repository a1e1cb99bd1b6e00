using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;
using Mesh.Sip.Transport;
using Mesh.Sip.Wire;

namespace Mesh.Sip;

/// <summary>Packs messages to send, each into an array of its own that never changes again. One per endpoint: the writer's buffer is used again for every message.</summary>
internal sealed class SipComposer(SipEndpointOptions options)
{
    private readonly SipWriter writer = new(4096);
    private readonly SipText product = SipText.From(options.ServerName);
    private readonly byte[] tagOctets = new byte[16];

    /// <param name="tag">Goes into To where the request has none (RFC 3261 8.2.6.2).</param>
    public byte[] Response(SipRequest request, SipStatus status, string? phrase, ulong tag, HeaderLines? headers, SipBody body)
    {
        writer.StartResponse(request, status, Tag(tag), phrase);
        if (status.IsFinal) Product(HeaderName.Server);
        return Finish(headers, body);
    }

    public byte[] Response(UnreadableRequest request, SipStatus status, string? phrase, ulong tag)
    {
        writer.StartResponse(request, status, Tag(tag), phrase);
        Product(HeaderName.Server);
        return Finish(null, default);
    }

    public byte[] Request(RequestHead head, ulong branch, in SipFlow flow, HeaderLines? headers, SipBody body)
    {
        Start(head, head.Method, branch, flow);
        writer.Header(HeaderName.To, head.To);
        Product(HeaderName.UserAgent);
        return Finish(headers, body);
    }

    /// <summary>The ACK for a non-2xx (17.1.1.3): the INVITE's head and branch, the response's To.</summary>
    public byte[] FailureAck(RequestHead invite, ulong branch, in SipFlow flow, SipResponse response)
    {
        Start(invite, SipMethod.Ack, branch, flow);
        writer.Begin(HeaderName.To).Append(response.To.Text.Span).EndCopied();
        return Finish(null, default);
    }

    private void Start(RequestHead head, SipMethod method, ulong branch, in SipFlow flow)
    {
        writer.StartRequest(method, head.RequestUri);
        writer.Begin(HeaderName.Via).Append("SIP/2.0/"u8).Append(flow.Transport.Protocol.ViaName()).Append(" "u8).Append(flow.Transport.SentBy)
            .Append(";branch=z9hG4bK"u8).Append(Tag(branch).Span).Append(";rport"u8).EndHeader();
        foreach (var route in head.Routes) writer.Begin(HeaderName.Route).Append(route.Span).EndCopied();
        writer.Header(HeaderName.MaxForwards, head.MaxForwards);
        writer.Begin(HeaderName.From).Append(head.From.Span).EndCopied();
        writer.Header(HeaderName.CallId, head.CallId);
        writer.CSeq(head.CSeq, method);
    }

    private byte[] Finish(HeaderLines? headers, SipBody body)
    {
        headers?.WriteTo(writer);
        if (body.IsEmpty) writer.End(); else writer.Body(body.ContentType, body.Content.Span);
        return writer.ToArray();
    }

    private void Product(HeaderName name)
    {
        if (!product.IsEmpty) writer.Header(name, product);
    }

    private SipText Tag(ulong number)
    {
        if (number == 0) return default;
        SipNumber.Write(number, tagOctets);
        return new SipText(tagOctets, 0, tagOctets.Length);
    }
}
