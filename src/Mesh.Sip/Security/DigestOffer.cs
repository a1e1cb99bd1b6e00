namespace Mesh.Sip.Security;

/// <summary>Which hashes a user is challenged with (RFC 8760).</summary>
public enum DigestOffer : byte
{
    Md5,
    Sha256,
    Both,
}
