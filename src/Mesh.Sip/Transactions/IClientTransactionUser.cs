using Mesh.Sip.Messages;

namespace Mesh.Sip.Transactions;

/// <summary>What a client transaction tells whoever sent its request.</summary>
internal interface IClientTransactionUser
{
    void OnResponse(ClientTransaction transaction, SipResponse response);

    /// <summary>There is no response: <paramref name="status"/> is 408 when nobody answered in time, 503 when the request could not be sent (8.1.3.1).</summary>
    void OnNoResponse(ClientTransaction transaction, SipStatus status);
}
