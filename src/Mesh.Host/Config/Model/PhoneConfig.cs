using Mesh.Iax2.Peers;

namespace Mesh.Host.Config.Model;

/// <summary>A device that may register.</summary>
/// <param name="Account">Its SIP user, or its IAX2 username.</param>
/// <param name="Iax2">It registers over IAX2 and not over SIP.</param>
/// <param name="Digest">The hashes it is challenged with over SIP.</param>
public sealed record PhoneConfig(string Account, Secret Secret, bool Iax2, Sip.Security.DigestOffer Digest = Sip.Security.DigestOffer.Md5)
{
    /// <summary>Of its calls over IAX2.</summary>
    public EncryptionPolicy Encryption { get; init; }

    /// <summary>Over IAX2: its voice goes through a jitter buffer here.</summary>
    public bool JitterBuffer { get; init; }
}
