namespace Mesh.Iax2.Peers;

/// <summary>Whose wishes choose the format of a call that a peer places (what others call codecpriority).</summary>
public enum CodecPriority
{
    /// <summary>Our list first.</summary>
    Host,
    /// <summary>The caller's CODEC_PREFS first.</summary>
    Caller,
    /// <summary>Nobody's: the FORMAT asked for where we can do it, else the best in common.</summary>
    Disabled,
    /// <summary>The FORMAT asked for, or no call.</summary>
    RequestedOnly,
}
