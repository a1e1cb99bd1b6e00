namespace Mesh.Sip.Transactions;

/// <summary>The states of the four transaction figures of RFC 3261 section 17, with the Accepted state of RFC 6026. A figure uses some of them.</summary>
public enum TransactionState : byte
{
    /// <summary>Client INVITE: sent, nothing heard.</summary>
    Calling,
    /// <summary>Non-INVITE: sent or received, nothing heard or answered.</summary>
    Trying,
    /// <summary>A provisional response was seen or sent; a server INVITE begins here.</summary>
    Proceeding,
    /// <summary>A final response was seen or sent; retransmissions are absorbed.</summary>
    Completed,
    /// <summary>Server INVITE: the ACK for a non-2xx came.</summary>
    Confirmed,
    /// <summary>INVITE answered with 2xx (RFC 6026): further 2xx or the ACK go to the user, retransmitted INVITEs are absorbed.</summary>
    Accepted,
    Terminated,
}
