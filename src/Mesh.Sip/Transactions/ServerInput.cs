namespace Mesh.Sip.Transactions;

/// <summary>What can happen to a server transaction: its request again, the ACK, a response the user sends, one of its timers (RFC 3261 table 4, RFC 6026 for L), an error of the transport.</summary>
public enum ServerInput : byte
{
    /// <summary>The request was received again.</summary>
    Request,
    Ack,
    SendProvisional,
    SendSuccess,
    /// <summary>300-699.</summary>
    SendFailure,
    TimerG,
    TimerH,
    TimerI,
    TimerJ,
    TimerL,
    TransportError,
}
