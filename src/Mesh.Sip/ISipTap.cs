using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip;

/// <summary>Looks on at every message an endpoint sends or has read, retransmissions too, on its loop. Must not throw, wait, or keep the octets it is shown.</summary>
public interface ISipTap
{
    /// <summary>A message that could be read, before anybody handles it.</summary>
    /// <param name="octets">As it was on the wire; of a stream, without what came between messages.</param>
    void OnReceived(SipMessage message, ReadOnlySpan<byte> octets, in SipFlow flow);

    /// <summary>A message the transport has taken.</summary>
    /// <param name="atMicros">When, on the loop's clock: before the far end can have had it.</param>
    void OnSent(ReadOnlySpan<byte> octets, in SipFlow flow, long atMicros);
}
