namespace Mesh.Iax2.Calls;

/// <summary>Where a call we placed stands (RFC 5456 section 6.2.1, figure "call origination", with authentication and the way out spelled out).</summary>
public enum OutgoingCallState
{
    /// <summary>NEW is out; nothing of the call's own was heard.</summary>
    Waiting,
    /// <summary>AUTHREP is out.</summary>
    Authenticating,
    /// <summary>ACCEPT came: early media and progress may come.</summary>
    Linked,
    /// <summary>ANSWER came.</summary>
    Up,
    /// <summary>Our HANGUP or REJECT waits for its ACK.</summary>
    Ending,
    Dead,
}

public enum OutgoingCallInput
{
    TokenDemanded,
    /// <summary>AUTHREQ that our secret can answer.</summary>
    Challenged,
    /// <summary>AUTHREQ without a method we may use.</summary>
    ChallengedInVain,
    Accepted,
    /// <summary>ACCEPT with a format we did not offer.</summary>
    AcceptedUnusable,
    Proceeding,
    Ringing,
    Progress,
    Answered,
    /// <summary>CONTROL BUSY or CONGESTION.</summary>
    Busy,
    /// <summary>CONTROL HANGUP: the far end hung up and waits for our HANGUP.</summary>
    PutDown,
    /// <summary>REJECT or HANGUP.</summary>
    HungUp,
    /// <summary>INVAL: the far end knows no such call.</summary>
    Invalidated,
    /// <summary>A frame was sent as often as it may be.</summary>
    Exhausted,
    HostEnds,
    /// <summary>Our last frame was acknowledged, or waited long enough.</summary>
    Settled,
    /// <summary>Its two sides talk to each other directly: nothing of it is left here.</summary>
    Departed,
}

[Flags]
public enum OutgoingCallActions
{
    Nothing = 0,
    ResendWithToken = 1 << 0,
    SendAuthRep = 1 << 1,
    TellAccepted = 1 << 2,
    TellProceeding = 1 << 3,
    TellRinging = 1 << 4,
    TellProgress = 1 << 5,
    TellAnswered = 1 << 6,
    TellEnded = 1 << 7,
    SendHangup = 1 << 8,
    SendReject = 1 << 9,
    Destroy = 1 << 10,
}
