using Mesh.Io;

namespace Mesh.Sip.Messages;

/// <summary>
/// A request or a response as received. What every message must have is read and known to be right before anybody sees it: top Via, From, To, Call-ID, CSeq,
/// Max-Forwards and Content-Length; all else is read when asked for.
/// </summary>
public abstract class SipMessage : SipHeaders
{
    private readonly Via topVia;
    private readonly NameAddress from, to;
    private readonly int bodyStart;

    private protected SipMessage(byte[] octets, HeaderLine[] lines, in BaseHeaders headers, int bodyStart) : base(octets, lines)
    {
        topVia = headers.TopVia;
        from = headers.From;
        to = headers.To;
        CallId = headers.CallId;
        CSeq = headers.CSeq;
        MaxForwards = headers.MaxForwards;
        this.bodyStart = bodyStart;
    }

    public ref readonly Via TopVia => ref topVia;

    public ref readonly NameAddress From => ref from;

    public ref readonly NameAddress To => ref to;

    public SipText CallId { get; }

    public CSeq CSeq { get; }

    /// <summary>0 to 255; null when the header is not there (RFC 2543 senders).</summary>
    public int? MaxForwards { get; }

    /// <summary>The octets Content-Length counted; without that header, the rest of the datagram.</summary>
    public ReadOnlyMemory<byte> Body => Octets.AsMemory(bodyStart);

    /// <summary>The media type as written; not present when there is none.</summary>
    public SipText ContentType => Header(HeaderName.ContentType);

    /// <summary>Every Contact in order; in a request they are known to read.</summary>
    public TypedHeaderEnumerator<Contact> Contacts => All<Contact>(HeaderName.Contact);

    /// <summary>Expires in seconds; null when it is not there or no number.</summary>
    public uint? Expires => TryGet(HeaderName.Expires, out DeltaSeconds value) ? value.Seconds : null;

    /// <summary>Where the message came from, set by the transport that received it; a response goes back there (RFC 3261 section 18.2.2).</summary>
    public NetAddress ReceivedFrom { get; set; }
}
