namespace Mesh.Sip.Messages;

/// <summary>The headers every message must have, read.</summary>
internal struct BaseHeaders
{
    public Via TopVia;
    public NameAddress From, To;
    public SipText CallId;
    public CSeq CSeq;
    public int? MaxForwards;
}
