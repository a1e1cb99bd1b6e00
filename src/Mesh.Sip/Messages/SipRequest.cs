namespace Mesh.Sip.Messages;

/// <summary>A request as received.</summary>
public sealed class SipRequest : SipMessage
{
    private readonly SipUri uri;

    internal SipRequest(byte[] octets, HeaderLine[] lines, in BaseHeaders headers, int bodyStart, in SipUri uri)
        : base(octets, lines, headers, bodyStart) => this.uri = uri;

    /// <summary>The method; that of <see cref="SipMessage.CSeq"/> is the same, or the message would not have been read.</summary>
    public SipMethod Method => CSeq.Method;

    public ref readonly SipUri RequestUri => ref uri;

    public override string ToString() => $"{Method} {uri} ({CallId}, {CSeq})";
}
