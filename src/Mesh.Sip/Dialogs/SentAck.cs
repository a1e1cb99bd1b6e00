using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>The ACK a 2xx got, for its repetitions (13.2.2.4): all that stays of a call's dialog while its INVITE transaction lingers.</summary>
internal sealed record SentAck(byte[] Packed, SipFlow Flow, uint Sequence, SipText RemoteTag)
{
    /// <summary>Of the branch that answered before.</summary>
    public SentAck? Earlier { get; init; }

    /// <summary>Branches that have answered.</summary>
    public int Count => 1 + (Earlier?.Count ?? 0);

    /// <summary>Sends again the one that <paramref name="response"/> is the 2xx for; false when it is another's.</summary>
    public bool TrySendAgain(SipEndpoint endpoint, SipResponse response)
    {
        for (var sent = this; sent is not null; sent = sent.Earlier)
        {
            if (response.CSeq.Number != sent.Sequence || response.To.Tag != sent.RemoteTag) continue;
            endpoint.Transmit(sent.Packed, sent.Flow, null);
            return true;
        }
        return false;
    }
}
