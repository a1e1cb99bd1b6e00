using Mesh.Sip.Messages;

namespace Mesh.Sip.Dialogs;

/// <summary>Hears how a request ended.</summary>
public interface IOutgoingRequestHandler
{
    /// <param name="response">Null when there was none: <paramref name="status"/> is then 408 (nobody answered) or 503 (could not be sent).</param>
    void OnFinal(OutgoingRequest request, SipStatus status, SipResponse? response);
}
