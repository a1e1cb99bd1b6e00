namespace Mesh.Iax2.Wire;

/// <summary>Messages waiting for a device, as the element MSGCOUNT has them (RFC 5456 section 8.6.23): new ones in the low octet, old ones in the high one, 255 of each at most.</summary>
/// <param name="New">Not listened to yet; 255 is "as many or more".</param>
/// <param name="Old">Listened to and kept.</param>
public readonly record struct MessagesWaiting(int New, int Old)
{
    /// <summary>As many of each as the element can say.</summary>
    public static MessagesWaiting Some(int fresh, int old) => new(Math.Clamp(fresh, 0, 255), Math.Clamp(old, 0, 255));

    public static MessagesWaiting FromOctets(ushort octets) => new(octets & 0xFF, octets >> 8);

    public ushort ToOctets() => (ushort)(Math.Clamp(Old, 0, 255) << 8 | Math.Clamp(New, 0, 255));
}
