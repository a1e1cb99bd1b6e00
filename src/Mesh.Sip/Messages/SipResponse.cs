namespace Mesh.Sip.Messages;

/// <summary>A response as received.</summary>
public sealed class SipResponse : SipMessage
{
    internal SipResponse(byte[] octets, HeaderLine[] lines, in BaseHeaders headers, int bodyStart, SipStatus status, SipText reasonPhrase)
        : base(octets, lines, headers, bodyStart)
    {
        Status = status;
        ReasonPhrase = reasonPhrase;
    }

    public SipStatus Status { get; }

    /// <summary>What the sender wrote behind the code; may be empty.</summary>
    public SipText ReasonPhrase { get; }

    public override string ToString() => $"{Status.Code} {ReasonPhrase} ({CallId}, {CSeq})";
}
