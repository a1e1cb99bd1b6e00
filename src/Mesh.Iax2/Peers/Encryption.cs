using Mesh.Iax2.Wire;

namespace Mesh.Iax2.Peers;

/// <summary>What two sides agree on about encryption in NEW and AUTHREQ (RFC 5456 section 10.1).</summary>
internal static class Encryption
{
    /// <summary>ENCRYPTION of our NEW. Without a secret there is no key.</summary>
    public static EncryptionMethods Offered(PeerOptions peer) => peer.Encryption == EncryptionPolicy.Off || peer.Secret is null
        ? EncryptionMethods.None
        : EncryptionMethods.Aes128 | (peer.KeyRotationSeconds > 0 ? EncryptionMethods.KeyRotation : EncryptionMethods.None);

    /// <summary>ENCRYPTION of our AUTHREQ, or what its receiver takes of it: what both want.</summary>
    public static EncryptionMethods Agreed(PeerOptions peer, Elements theirs)
    {
        var common = Offered(peer) & (EncryptionMethods)(theirs.Encryption ?? 0);
        return common.HasFlag(EncryptionMethods.Aes128) ? common : EncryptionMethods.None;
    }
}
