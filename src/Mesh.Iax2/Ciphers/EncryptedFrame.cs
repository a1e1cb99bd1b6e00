using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Ciphers;

/// <summary>
/// How a frame lies in an encrypted datagram (RFC 5456 section 10.2): a few octets in clear, then AES-128-CBC with an IV of zero over a prefix nobody reads and the frame's rest.
/// The prefix fills up to whole blocks, and its first block takes the place of an IV.
/// <code>
///  full: | source call, R, destination call | prefix: 16 to 31 octets, the length's low half in octet 15's low half | octets 4 .. of the frame |
///  mini: | source call                      | prefix                                                                | octets 2 .. of the frame |
///        +------------- in clear -----------+--------------------------------- encrypted ----------------------------------------------------+
/// </code>
/// </summary>
public static class EncryptedFrame
{
    public const int KeyLength = 16, BlockLength = 16;

    /// <summary>Octets in clear before the rest.</summary>
    public const int ClearOfFull = 4, ClearOfMini = 2;

    /// <summary>Octets the rest of a frame has at least.</summary>
    public const int LeastRestOfFull = FullFrame.HeaderLength - ClearOfFull, LeastRestOfMini = MiniFrame.HeaderLength - ClearOfMini;

    public const int LeastPrefix = 16, MaxPrefix = 31;

    /// <summary>Longest datagram decrypted; no endpoint known reads more.</summary>
    public const int MaxLength = 4096;

    /// <summary>False for a datagram that cannot be an encrypted full frame whatever the key.</summary>
    public static bool IsPossibleFull(int length) =>
        (length - ClearOfFull) % BlockLength == 0 && length >= ClearOfFull + PrefixLength(LeastRestOfFull) + LeastRestOfFull && length <= MaxLength;

    /// <summary>Octets of prefix before a rest of that length.</summary>
    public static int PrefixLength(int restLength) => LeastPrefix + (-restLength & (BlockLength - 1));
}
