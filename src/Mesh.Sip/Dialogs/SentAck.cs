using Mesh.Sip.Messages;
using Mesh.Sip.Transport;

namespace Mesh.Sip.Dialogs;

/// <summary>The ACK a 2xx got, for its repetitions (13.2.2.4): all that stays of a call's dialog while its INVITE transaction lingers.</summary>
internal sealed class SentAck(byte[] packed, SipFlow flow, uint sequence, SipText remoteTag)
{
    /// <summary>Sends it again if <paramref name="response"/> is the 2xx it was for; false when it is another.</summary>
    public bool TrySendAgain(SipEndpoint endpoint, SipResponse response)
    {
        if (response.CSeq.Number != sequence || response.To.Tag != remoteTag) return false;
        endpoint.Transmit(packed, flow, null);
        return true;
    }
}
