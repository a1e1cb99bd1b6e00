namespace Mesh.Sip.Transactions;

/// <summary>What the shell of a server transaction must do after a step, in this order.</summary>
[Flags]
public enum ServerActions : ushort
{
    Nothing = 0,
    /// <summary>Stop timers G and H.</summary>
    StopTimers = 1,
    /// <summary>Send the response the user handed in, and keep it.</summary>
    Send = 2,
    /// <summary>Send the last response again.</summary>
    Retransmit = 4,
    /// <summary>Start timer G again: doubled, at most T2.</summary>
    BackOffG = 8,
    /// <summary>Start timers G (T1, unreliable transports only) and H.</summary>
    StartGH = 16,
    StartI = 32,
    StartJ = 64,
    StartL = 128,
    /// <summary>Hand the ACK to the transaction user.</summary>
    PassUp = 256,
    /// <summary>Tell the user that no ACK came.</summary>
    TimedOut = 512,
    /// <summary>Tell the user that a response could not be sent.</summary>
    Failed = 1024,
}
