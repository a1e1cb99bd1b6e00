namespace Mesh.Sip.Messages;

/// <summary>A request with a fault, as far as it could be indexed: enough to send the answer the fault asks for. Nothing in it is guaranteed but the top Via.</summary>
public sealed class UnreadableRequest : SipHeaders
{
    private readonly Via topVia;

    internal UnreadableRequest(byte[] octets, HeaderLine[] lines, in Via topVia) : base(octets, lines) => this.topVia = topVia;

    public ref readonly Via TopVia => ref topVia;

    /// <summary>Where it came from, set by the transport.</summary>
    public Mesh.Io.NetAddress ReceivedFrom { get; set; }
}
