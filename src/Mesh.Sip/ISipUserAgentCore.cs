using Mesh.Sip.Dialogs;
using Mesh.Sip.Messages;
using Mesh.Sip.Transactions;

namespace Mesh.Sip;

/// <summary>Whoever uses an endpoint: told of every request outside a dialog that passed the checks of RFC 3261 8.2, on the endpoint's loop.</summary>
public interface ISipUserAgentCore
{
    /// <summary>A call comes in. Answer it now or later, 100 Trying is sent meanwhile; set its handler before returning.</summary>
    void OnInvite(IncomingInvite invite);

    /// <summary>Answer with <see cref="ServerTransaction.Respond"/>, now or later.</summary>
    void OnRegister(ServerTransaction register);

    /// <summary>Answers what an INVITE would get if all is well (11.2); by default 200.</summary>
    void OnOptions(ServerTransaction options) => options.Respond(SipStatus.Ok, options.Endpoint.Capabilities);

    /// <summary>Any other allowed method.</summary>
    void OnOther(ServerTransaction request) => request.Respond(SipStatus.MethodNotAllowed, request.Endpoint.AllowLine);

    /// <summary>True lets an INVITE past every limit of the endpoint.</summary>
    bool IsEmergency(SipRequest invite) => false;
}
