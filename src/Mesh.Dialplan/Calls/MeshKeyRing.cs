using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// The mesh's keys. The first signs; all verify, so keys rotate with overlap: add the new key last everywhere, move it first everywhere, then take the old one away.
/// Frozen: a reload makes another ring.
/// </summary>
public sealed class MeshKeyRing
{
    public const int MinKeyLength = 16;
    private readonly Dictionary<string, byte[]> keys = new(StringComparer.Ordinal);

    /// <param name="keys">Key ids (1 to 8 base64url characters, no two alike) and secrets of at least <see cref="MinKeyLength"/> octets; the signing one first.</param>
    public MeshKeyRing(IReadOnlyList<(string Id, byte[] Secret)> keys)
    {
        if (keys.Count == 0) throw new ArgumentException("a mesh needs at least one key", nameof(keys));
        foreach (var (id, secret) in keys)
        {
            if (id.Length is 0 or > MeshHop.MaxKeyIdLength || !MeshHash.IsBase64Url(id)) throw new ArgumentException($"'{id}' is not a key id", nameof(keys));
            if (secret.Length < MinKeyLength) throw new ArgumentException($"key '{id}' is shorter than {MinKeyLength} octets", nameof(keys));
            if (!this.keys.TryAdd(id, secret)) throw new ArgumentException($"key id '{id}' occurs twice", nameof(keys));
        }
        SigningKeyId = keys[0].Id;
    }

    public string SigningKeyId { get; }

    public bool Holds(string keyId) => keys.ContainsKey(keyId);

    /// <summary>Puts in the signing key's id and the MAC.</summary>
    public MeshHop Sign(MeshHop hop, string sender, string receiver, string called, string? rung)
    {
        hop = hop with { KeyId = SigningKeyId };
        return hop with { Mac = Mac(hop, sender, receiver, called, rung) };
    }

    /// <summary>True when a key of the ring made the MAC over this very header, line, number, sender and receiver. Takes the same time wherever it differs.</summary>
    public bool Verify(MeshHop hop, string sender, string receiver, string called, string? rung) =>
        Holds(hop.KeyId)
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(hop, sender, receiver, called, rung)), Encoding.ASCII.GetBytes(hop.Mac));

    private string Mac(MeshHop hop, string sender, string receiver, string called, string? rung)
    {
        // Only the number may hold a line end, and it is last: no two inputs give one text.
        string text = $"{hop.SignedPart()}\n{sender}\n{receiver}\n{rung}\n{MeshHash.Normalise(called)}";
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(keys[hop.KeyId], Encoding.UTF8.GetBytes(text), mac);
        return Base64Url.EncodeToString(mac[..16]);
    }
}
