namespace Mesh.Iax2.Wire;

/// <summary>Subclasses of <see cref="FrameType.Iax"/> (RFC 5456 section 8.4; 35 to 40 are in use beyond its table).</summary>
public enum IaxCommand : byte
{
    New = 1,
    Ping = 2,
    Pong = 3,
    Ack = 4,
    Hangup = 5,
    Reject = 6,
    Accept = 7,
    AuthReq = 8,
    AuthRep = 9,
    Inval = 10,
    LagRq = 11,
    LagRp = 12,
    RegReq = 13,
    RegAuth = 14,
    RegAck = 15,
    RegRej = 16,
    RegRel = 17,
    Vnak = 18,
    DpReq = 19,
    DpRep = 20,
    Dial = 21,
    TxReq = 22,
    TxCnt = 23,
    TxAcc = 24,
    TxReady = 25,
    TxRel = 26,
    TxRej = 27,
    Quelch = 28,
    Unquelch = 29,
    Poke = 30,
    Page = 31,
    Mwi = 32,
    Unsupport = 33,
    Transfer = 34,
    Provision = 35,
    FwDownl = 36,
    FwData = 37,
    TxMedia = 38,
    RtKey = 39,
    CallToken = 40,
}

/// <summary>The rules of the sequence numbers that depend on the command (RFC 5456 section 7).</summary>
public static class IaxCommandRules
{
    /// <summary>True for frames that take no OSeqno and are neither acknowledged nor retransmitted.</summary>
    public static bool IsUnsequenced(this IaxCommand command) =>
        command is IaxCommand.Ack or IaxCommand.Inval or IaxCommand.Vnak or IaxCommand.TxCnt or IaxCommand.TxAcc;

    /// <summary>
    /// True for frames handled even when their OSeqno is not the expected one. Not TXREADY, TXREL and UNQUELCH, which others take so: what was sent before one would be lost or undone.
    /// </summary>
    public static bool IsTakenOutOfOrder(this IaxCommand command) => command.IsUnsequenced();

    /// <summary>True for frames of a transfer that come from somebody else than the call's peer.</summary>
    public static bool IsFromTheOtherEnd(this IaxCommand command) => command is IaxCommand.TxCnt or IaxCommand.TxAcc;
}
