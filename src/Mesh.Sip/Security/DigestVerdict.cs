namespace Mesh.Sip.Security;

/// <summary>What <see cref="DigestServer"/> says of a request's credentials.</summary>
public enum DigestVerdict : byte
{
    Accepted,
    /// <summary>The password is right, the nonce is not to be used again: challenge with stale=true.</summary>
    Stale,
    /// <summary>Wrong password, unknown user, or an algorithm that was not offered: challenge again, or refuse.</summary>
    Wrong,
}
