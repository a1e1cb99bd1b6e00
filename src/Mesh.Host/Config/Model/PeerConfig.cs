using Mesh.Iax2.Peers;

namespace Mesh.Host.Config.Model;

/// <summary>How an IAX2 peer authenticates (RFC 5456 section 8.6.13).</summary>
public enum PeerAuth
{
    Md5,
    Plaintext,
    /// <summary>By a signature; a secret then only serves as the key of encrypted calls.</summary>
    Rsa,
    None,
}

/// <summary>Whether a peer's calls must bring a call token (RFC 5456 has none; Asterisk's security advisory AST-2009-006).</summary>
public enum CallTokenUse
{
    Required,
    /// <summary>Asked for only from peers that announced the element.</summary>
    Auto,
    No,
}

/// <summary>Another IAX2 system, an Asterisk say: unaware of the mesh law.</summary>
/// <param name="User">The name it is called with and calls us with; its own name when not given.</param>
/// <param name="Secret">Null only with <see cref="PeerAuth.None"/> and <see cref="PeerAuth.Rsa"/>.</param>
/// <param name="Trunk">How its calls' audio shares datagrams (meta trunk frames); null when it does not.</param>
public sealed record PeerConfig(string Name, HostPort Iax2, string User, Secret? Secret, PeerAuth Auth, CallTokenUse CallToken, VoiceTrunkConfig? Trunk)
{
    public RsaKeys? Rsa { get; init; }

    public EncryptionPolicy Encryption { get; init; }

    /// <summary>Zero: never.</summary>
    public TimeSpan KeyRotation { get; init; }

    /// <summary>Its voice goes through a jitter buffer here.</summary>
    public bool JitterBuffer { get; init; }
}
