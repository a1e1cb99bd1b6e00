namespace Mesh.Iax2.Sealing;

/// <summary>
/// The two datagrams of a sealed path. Both begin like a meta frame (RFC 5456 section 8.1.3) with a meta command nobody defined, so that no IAX2 endpoint takes one for a frame:
/// who does not know them drops them.
/// <code>
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0|     Meta Indicator (0)      |0|     0x53    |  Generation   |   sealed
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           Sequence                            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// :         the datagram, AES-256-GCM, then 16 octets of tag      :
///
/// |0|     Meta Indicator (0)      |0|     0x54    |A| Version (1) |   hello, see SealHello
/// </code>
/// </summary>
public static class SealFormat
{
    /// <summary>Octets before and behind the datagram that is sealed.</summary>
    public const int HeaderLength = 8, TagLength = 16, Overhead = HeaderLength + TagLength;

    /// <summary>The longest datagram that is sealed; IAX2 sends none longer.</summary>
    public const int MostClear = 4_096;

    internal const byte SealedCommand = 0x53, HelloCommand = 0x54, HelloVersion = 1;

    public static bool IsSealed(ReadOnlySpan<byte> datagram) => datagram.Length >= Overhead && HasCommand(datagram, SealedCommand);

    public static bool IsHello(ReadOnlySpan<byte> datagram) => datagram.Length >= 4 && HasCommand(datagram, HelloCommand);

    private static bool HasCommand(ReadOnlySpan<byte> datagram, byte command) => datagram[0] == 0 && datagram[1] == 0 && datagram[2] == command;
}
