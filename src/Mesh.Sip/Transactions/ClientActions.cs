namespace Mesh.Sip.Transactions;

/// <summary>What the shell of a client transaction must do after a step, in this order.</summary>
[Flags]
public enum ClientActions : ushort
{
    Nothing = 0,
    /// <summary>Stop timers A and B, or E and F.</summary>
    StopTimers = 1,
    /// <summary>Send the request again and start timer A (doubled) or E (doubled, at most T2).</summary>
    Retransmit = 2,
    /// <summary>Send the request again and start timer E with T2.</summary>
    RetransmitSlowly = 4,
    /// <summary>Send the ACK for a non-2xx final response (17.1.1.3).</summary>
    Ack = 8,
    StartD = 16,
    StartK = 32,
    StartM = 64,
    /// <summary>Hand the response to the transaction user.</summary>
    PassUp = 128,
    /// <summary>Tell the user that nothing answered: as a 408.</summary>
    TimedOut = 256,
    /// <summary>Tell the user that the request could not be sent: as a 503.</summary>
    Failed = 512,
}
