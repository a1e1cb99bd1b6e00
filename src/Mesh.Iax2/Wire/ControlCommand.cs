namespace Mesh.Iax2.Wire;

/// <summary>Subclasses of <see cref="FrameType.Control"/> (RFC 5456 section 8.3; -1 and those above 18 are in use beyond it).</summary>
public enum ControlCommand
{
    /// <summary>Stop the tone that plays; octet 0xFF on the wire.</summary>
    StopSounds = -1,
    Hangup = 1,
    Ring = 2,
    Ringing = 3,
    Answer = 4,
    Busy = 5,
    TakeOffHook = 6,
    OffHook = 7,
    Congestion = 8,
    Flash = 9,
    Wink = 10,
    Option = 11,
    RadioKey = 12,
    RadioUnkey = 13,
    Progress = 14,
    Proceeding = 15,
    Hold = 16,
    Unhold = 17,
    VideoUpdate = 18,
    ConnectedLine = 22,
    Redirecting = 23,
    T38Parameters = 24,
    AdviceOfCharge = 28,
    Incomplete = 30,
    MaliciousCall = 31,
}
