namespace Mesh.Iax2.Calls;

/// <summary>Where a call placed to us stands (RFC 5456 section 6.2.2).</summary>
public enum IncomingCallState
{
    /// <summary>AUTHREQ is out.</summary>
    Challenged,
    /// <summary>ACCEPT is out, and the digits come one by one: the host does not know the call yet.</summary>
    Collecting,
    /// <summary>The host has it and has not yet said a format.</summary>
    Offered,
    /// <summary>DIAL came: the host has it, ACCEPT went before.</summary>
    Dialled,
    /// <summary>ACCEPT is out.</summary>
    Linked,
    /// <summary>ANSWER is out.</summary>
    Up,
    /// <summary>Our REJECT or HANGUP waits for its ACK.</summary>
    Ending,
    Dead,
}

public enum IncomingCallInput
{
    /// <summary>AUTHREP with the right answer and a format in common.</summary>
    Authenticated,
    /// <summary>The same, and the number called is still to be dialled.</summary>
    AuthenticatedToDial,
    /// <summary>DIAL.</summary>
    Dials,
    /// <summary>AUTHREP with a wrong answer, or the right one and no format in common.</summary>
    Refused,
    HostAccepts,
    HostProceeds,
    HostRings,
    HostProgresses,
    HostAnswers,
    HostBusy,
    HostCongestion,
    HostEnds,
    /// <summary>HANGUP or REJECT.</summary>
    HungUp,
    Invalidated,
    /// <summary>A frame was sent as often as it may be.</summary>
    Exhausted,
    /// <summary>CONTROL HANGUP: the caller hung up and waits for our HANGUP.</summary>
    PutDown,
    /// <summary>No AUTHREP, or no digit, in time.</summary>
    Late,
    /// <summary>Our last frame was acknowledged, or waited long enough.</summary>
    Settled,
    /// <summary>Its two sides talk to each other directly: nothing of it is left here.</summary>
    Departed,
}

[Flags]
public enum IncomingCallActions
{
    Nothing = 0,
    Offer = 1 << 0,
    SendAccept = 1 << 1,
    SendProceeding = 1 << 2,
    SendRinging = 1 << 3,
    SendProgress = 1 << 4,
    SendAnswer = 1 << 5,
    SendBusy = 1 << 6,
    SendCongestion = 1 << 7,
    SendReject = 1 << 8,
    SendHangup = 1 << 9,
    TellEnded = 1 << 10,
    Destroy = 1 << 11,
}
