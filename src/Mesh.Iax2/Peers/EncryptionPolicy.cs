namespace Mesh.Iax2.Peers;

/// <summary>Whether calls with a peer are encrypted (RFC 5456 section 10), whoever places them.</summary>
public enum EncryptionPolicy
{
    Off,
    /// <summary>Encrypted when the other side wants it too, else in clear.</summary>
    Offer,
    /// <summary>Encrypted or not at all.</summary>
    Required,
}
