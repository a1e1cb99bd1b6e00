namespace Mesh.Iax2.Transfers;

/// <summary>Where the middle of a call stands that wants to leave (RFC 5456 section 6.5).</summary>
public enum BridgeTransferState
{
    /// <summary>TXREQ went to both ends.</summary>
    Asking,
    FirstReady,
    SecondReady,
    /// <summary>TXREL went to both: from now on an end may have switched, there is no way back.</summary>
    Releasing,
    FirstReleased,
    SecondReleased,
    /// <summary>Both calls are gone from here.</summary>
    Left,
    /// <summary>The calls are what they were, or over.</summary>
    Failed,
}

public enum BridgeTransferInput
{
    /// <summary>TXREADY of the first end.</summary>
    FirstIsReady,
    SecondIsReady,
    /// <summary>TXREJ of the first end.</summary>
    FirstRejects,
    SecondRejects,
    /// <summary>The first end acknowledged TXREL, or is not to be heard any more.</summary>
    FirstSettled,
    SecondSettled,
    /// <summary>The first call is over here: hung up by its end or by us.</summary>
    FirstEnded,
    SecondEnded,
    /// <summary>It has taken long enough.</summary>
    Late,
}

[Flags]
public enum BridgeTransferActions
{
    Nothing = 0,
    SendRelease = 1 << 0,
    RejectFirst = 1 << 1,
    RejectSecond = 1 << 2,
    HangupFirst = 1 << 3,
    HangupSecond = 1 << 4,
    /// <summary>Forget both calls without a word on the wire.</summary>
    Leave = 1 << 5,
    TellFailed = 1 << 6,
}
