using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Mesh.Dialplan.Calls;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Sites;

/// <summary>What is derived from the one key the sites share (HKDF-SHA-256, RFC 5869): the hop header's MAC key, and for each pair of sites an IAX2 secret, the key of the sealed path between them and those of the shared journal and of operators' questions.</summary>
public sealed class MeshKeys(Secret key)
{
    /// <summary>The ring with the one key there is; its id follows from the key, so that two keys are told apart.</summary>
    public MeshKeyRing Ring()
    {
        byte[] mac = Derive("mesh hop mac", 32);
        return new MeshKeyRing([(Base64Url.EncodeToString(SHA256.HashData(mac)).Replace('_', 'a').Replace('-', 'b')[..4], mac)]);
    }

    /// <summary>The secret with which two sites authenticate calls to each other; the same from either side.</summary>
    public string PairSecret(string site, string other)
    {
        var (first, second) = InOrder(site, other);
        return Convert.ToHexStringLower(Derive($"iax2 {first} {second}", 32));
    }

    /// <summary>The key from which all keys of the sealed path between two sites come; the same from either side.</summary>
    public byte[] SealKey(string site, string other)
    {
        var (first, second) = InOrder(site, other);
        return Derive($"mesh seal {first} {second}", 32);
    }

    /// <summary>The key with which two sites sign what they tell each other of the shared journal; the same from either side.</summary>
    public byte[] JournalKey(string site, string other)
    {
        var (first, second) = InOrder(site, other);
        return Derive($"mesh journal {first} {second}", 32);
    }

    /// <summary>The key with which two sites ask each other for stored pages; the same from either side.</summary>
    public byte[] ContentKey(string site, string other)
    {
        var (first, second) = InOrder(site, other);
        return Derive($"mesh content {first} {second}", 32);
    }

    /// <summary>The key of what sorry keeps of its customers; the same at all sites.</summary>
    public byte[] CustomerKey() => Derive("mesh sorry customers", 32);

    /// <summary>The key that seals links in mails to subscribers, and their addresses between our sites.</summary>
    public byte[] SubscriptionKey() => Derive("mesh status subscriptions", 32);

    /// <summary>The key with which two sites sign what they ask of each other for their operators; the same from either side.</summary>
    public byte[] AskKey(string site, string other)
    {
        var (first, second) = InOrder(site, other);
        return Derive($"mesh ask {first} {second}", 32);
    }

    private static (string First, string Second) InOrder(string site, string other) => string.CompareOrdinal(site, other) < 0 ? (site, other) : (other, site);

    private byte[] Derive(string purpose, int length) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key.RevealOctets().ToArray(), length, info: Encoding.UTF8.GetBytes(purpose));
}
