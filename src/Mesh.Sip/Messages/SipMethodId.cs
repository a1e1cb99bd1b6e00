namespace Mesh.Sip.Messages;

/// <summary>The methods this stack knows by name; RFC 3261 and the extension each is from.</summary>
public enum SipMethodId : byte
{
    Unknown,
    Invite,
    Ack,
    Bye,
    Cancel,
    Register,
    Options,
    /// <summary>RFC 6086.</summary>
    Info,
    /// <summary>RFC 3262.</summary>
    Prack,
    /// <summary>RFC 3311.</summary>
    Update,
    /// <summary>RFC 3515.</summary>
    Refer,
    /// <summary>RFC 6665.</summary>
    Subscribe,
    /// <summary>RFC 6665.</summary>
    Notify,
    /// <summary>RFC 3428.</summary>
    Message,
    /// <summary>RFC 3903.</summary>
    Publish,
}
