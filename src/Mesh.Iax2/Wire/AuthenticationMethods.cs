namespace Mesh.Iax2.Wire;

/// <summary>The bits of AUTHMETHODS (RFC 5456 section 8.6.13). Plaintext was dropped by the RFC and is refused unless configured.</summary>
[Flags]
public enum AuthenticationMethods : ushort
{
    None = 0,
    Plaintext = 1,
    Md5 = 2,
    Rsa = 4,
}
