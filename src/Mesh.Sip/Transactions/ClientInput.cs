namespace Mesh.Sip.Transactions;

/// <summary>What can happen to a client transaction: a response of a class, one of its timers (RFC 3261 table 4, RFC 6026 for M), an error of the transport.</summary>
public enum ClientInput : byte
{
    Provisional,
    Success,
    /// <summary>300-699.</summary>
    Failure,
    TimerA,
    TimerB,
    TimerD,
    TimerE,
    TimerF,
    TimerK,
    TimerM,
    TransportError,
}
