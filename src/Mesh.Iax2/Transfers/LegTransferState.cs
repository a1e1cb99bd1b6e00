namespace Mesh.Iax2.Transfers;

/// <summary>Where one end of a call stands whose middle wants to leave (RFC 5456 section 6.5).</summary>
public enum LegTransferState
{
    /// <summary>The call goes where it went.</summary>
    Idle,
    /// <summary>TXREQ came: TXCNT goes to the other end until it answers.</summary>
    Connecting,
    /// <summary>The other end answers, and the middle was told TXREADY: its TXREL is waited for.</summary>
    Ready,
}

public enum LegTransferInput
{
    /// <summary>TXREQ that may be followed.</summary>
    Asked,
    /// <summary>TXREQ of anybody else's, to somewhere else, or at a bad time.</summary>
    AskedAmiss,
    /// <summary>TXCNT of the other end.</summary>
    Contacted,
    /// <summary>TXACC of the other end.</summary>
    Accepted,
    /// <summary>TXACC, but the direct path is no shorter.</summary>
    AcceptedTooSlow,
    /// <summary>TXCNT was sent as often as it may be, or TXREL did not come.</summary>
    Late,
    /// <summary>TXREL.</summary>
    Released,
    /// <summary>The other end speaks to us directly: it was released, and our TXREL is on its way.</summary>
    Spoken,
    /// <summary>TXREJ: the call stays as it is.</summary>
    Rejected,
    /// <summary>The call is over.</summary>
    Ended,
}

[Flags]
public enum LegTransferActions
{
    Nothing = 0,
    /// <summary>Send TXCNT, and again until it is answered.</summary>
    SendConnect = 1 << 0,
    SendAccept = 1 << 1,
    SendReady = 1 << 2,
    SendReject = 1 << 3,
    /// <summary>Forget the other end; what was held goes out on the old path.</summary>
    Forget = 1 << 4,
    /// <summary>From now on the call is with the other end.</summary>
    Switch = 1 << 5,
}
