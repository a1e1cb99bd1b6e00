using Mesh.Sip.Messages;

namespace Mesh.Sip.Transactions;

/// <summary>What identifies a request and says where it goes: the request line, the route and the headers of RFC 3261 8.1.1 but for Via, which each transaction has of its own. Values are as they stand on the wire.</summary>
public sealed record RequestHead(SipMethod Method, SipText RequestUri, SipText From, SipText To, SipText CallId, uint CSeq)
{
    /// <summary>Values of the Route headers, in order.</summary>
    public SipText[] Routes { get; init; } = [];

    public int MaxForwards { get; init; } = 70;
}
