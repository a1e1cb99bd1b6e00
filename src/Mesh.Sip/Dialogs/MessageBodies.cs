using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

public static class MessageBodies
{
    /// <summary>The body and its media type; empty when there is none. Keeps the message's octets alive.</summary>
    public static SipBody ToBody(this SipMessage message)
    {
        if (message.Body.IsEmpty) return default;
        var type = message.ContentType;
        return new SipBody(message.Body, type.IsIgnoringCase("application/sdp"u8) ? SipBody.SdpType : type.ToString());
    }
}
