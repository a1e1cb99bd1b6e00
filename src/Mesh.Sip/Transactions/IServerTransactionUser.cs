using Mesh.Sip.Messages;

namespace Mesh.Sip.Transactions;

/// <summary>What a server transaction tells whoever answers it.</summary>
internal interface IServerTransactionUser
{
    /// <summary>A CANCEL for it came and was answered 200 (9.2).</summary>
    void OnCancel(ServerTransaction transaction, SipRequest cancel);

    /// <summary>The ACK for a 2xx came by the INVITE's own branch (RFC 6026 figure 2; a 2543 client).</summary>
    void OnAck(ServerTransaction transaction, SipRequest ack);

    /// <summary>It waited too long for its final response and is being answered 408.</summary>
    void OnUnanswered(ServerTransaction transaction);

    void OnTerminated(ServerTransaction transaction);
}
