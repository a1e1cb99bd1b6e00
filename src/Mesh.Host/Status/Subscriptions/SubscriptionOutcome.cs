namespace Mesh.Host.Status.Subscriptions;

/// <summary>What came of what somebody asked.</summary>
public enum SubscriptionOutcome
{
    /// <summary>A mail with a link is on its way; the same is said to whoever has subscribed already, and to a robot.</summary>
    Asked,

    /// <summary>The text is no mail address.</summary>
    BadAddress,

    /// <summary>Too much was asked for, from there, for that address, or in all.</summary>
    TooMany,

    /// <summary>No more subscribers are taken.</summary>
    Full,

    /// <summary>The disk or the journal does not take it now.</summary>
    Unavailable,

    Confirmed,

    /// <summary>The link is too old, or its subscription has ended since.</summary>
    Expired,

    /// <summary>No link of ours.</summary>
    Unknown,

    Ended,
}
