using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Sorry.Customers.Accounts;

/// <summary>
/// AES-256-GCM over password hashes before they go into the journal, which is signed between sites but not hidden, and lies on every site's disk: without the sites' key a hash that was
/// overheard or copied cannot even be guessed at. Bound to the account's name, so that no hash serves another account.
/// </summary>
public sealed class CustomerSeal(byte[] key)
{
    private const int NonceOctets = 12, TagOctets = 16;

    public string Close(string name, string hash)
    {
        byte[] plain = Encoding.UTF8.GetBytes(hash), all = new byte[NonceOctets + plain.Length + TagOctets];
        RandomNumberGenerator.Fill(all.AsSpan(0, NonceOctets));
        using var aes = new AesGcm(key, TagOctets);
        aes.Encrypt(all.AsSpan(0, NonceOctets), plain, all.AsSpan(NonceOctets, plain.Length), all.AsSpan(NonceOctets + plain.Length), Encoding.UTF8.GetBytes(name));
        return Convert.ToBase64String(all);
    }

    /// <summary>Null when it was not sealed with our key for that name: the mesh key was replaced, so passwords must be set again.</summary>
    public string? Open(string name, string closed)
    {
        try
        {
            byte[] all = Convert.FromBase64String(closed);
            if (all.Length < NonceOctets + TagOctets) return null;
            byte[] plain = new byte[all.Length - NonceOctets - TagOctets];
            using var aes = new AesGcm(key, TagOctets);
            aes.Decrypt(all.AsSpan(0, NonceOctets), all.AsSpan(NonceOctets, plain.Length), all.AsSpan(NonceOctets + plain.Length), plain, Encoding.UTF8.GetBytes(name));
            return Encoding.UTF8.GetString(plain);
        }
        catch (Exception e) when (e is FormatException or CryptographicException) { return null; }
    }
}
