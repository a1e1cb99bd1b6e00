using Mesh.Io;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>Answers a 401 or 407 (RFC 3261 22.2, 22.3; RFC 8760).</summary>
internal static class ChallengeAnswer
{
    /// <summary>The Authorization or Proxy-Authorization headers to send the request again with; null when the response is no challenge or none of its challenges can be answered.</summary>
    public static HeaderLines? To(SipResponse response, SipAccount account, SipMethod method, SipText uri, SipBody body, IChance chance)
    {
        return null;
    }
}
