namespace Mesh.Media.Sdp;

/// <summary>Which ways media flows, from the side that says it (RFC 3264 section 5.1). The bits are the two ways.</summary>
[Flags]
public enum AudioDirection : byte
{
    Inactive = 0,
    SendOnly = 1,
    ReceiveOnly = 2,
    SendReceive = SendOnly | ReceiveOnly,
}

/// <summary>The words of RFC 8866 section 6.7 and what an answer makes of them.</summary>
public static class AudioDirections
{
    private static readonly AudioDirection[] All = [AudioDirection.SendReceive, AudioDirection.SendOnly, AudioDirection.ReceiveOnly, AudioDirection.Inactive];

    public static string AttributeName(this AudioDirection direction) => direction switch
    {
        AudioDirection.SendReceive => "sendrecv",
        AudioDirection.SendOnly => "sendonly",
        AudioDirection.ReceiveOnly => "recvonly",
        _ => "inactive",
    };

    /// <summary>The direction of that name, in any case; null for another word.</summary>
    internal static AudioDirection? Named(string name)
    {
        foreach (var direction in All)
            if (name.Equals(direction.AttributeName(), StringComparison.OrdinalIgnoreCase)) return direction;
        return null;
    }

    /// <summary>The same agreement seen from the other side: one's sending is the other's receiving.</summary>
    public static AudioDirection Reversed(this AudioDirection direction) => direction switch
    {
        AudioDirection.SendOnly => AudioDirection.ReceiveOnly,
        AudioDirection.ReceiveOnly => AudioDirection.SendOnly,
        _ => direction,
    };

    public static bool Sends(this AudioDirection direction) => (direction & AudioDirection.SendOnly) != 0;

    public static bool Receives(this AudioDirection direction) => (direction & AudioDirection.ReceiveOnly) != 0;
}
