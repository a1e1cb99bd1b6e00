namespace Mesh.Iax2.Wire;

/// <summary>The bits of ENCRYPTION (RFC 5456 section 8.6.34; the second is in use beyond it).</summary>
[Flags]
public enum EncryptionMethods : ushort
{
    None = 0,
    Aes128 = 1,
    /// <summary>RTKEY is understood.</summary>
    KeyRotation = 0x8000,
}
