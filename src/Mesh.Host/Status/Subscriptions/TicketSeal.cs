using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Io;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>
/// Turns tickets into links and back: AES-256-GCM under a key that all sites derive from the mesh key. So any site honours a link any other has sent, nothing needs to be kept of those
/// who never confirm, and an address stays out of the logs of whatever the link passes through. The nonce is the front of an HMAC of the content: the same ticket gives the same link.
/// </summary>
public sealed class TicketSeal(byte[] key)
{
    private const int NonceOctets = 12, TagOctets = 16, MostOctets = 600;

    private readonly byte[] sealing = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "ticket seal"u8.ToArray()), naming = HKDF.Expand(HashAlgorithmName.SHA256, key, 32, "ticket nonce"u8.ToArray());

    public string Seal(SubscriptionTicket ticket) => Base64Url.EncodeToString(SealText(Text(ticket)));

    /// <summary>Null when no site of ours made it.</summary>
    public SubscriptionTicket? Open(string link)
    {
        if (link.Length > MostOctets * 2 || !Base64Url.IsValid(link)) return null;
        return OpenText(Base64Url.DecodeFromChars(link))?.Split('\n') switch
        {
            ["confirm", var id, var address, var language, var expires] when Mailbox.TryParse(address, out var mailbox) =>
                new ConfirmTicket(id, mailbox, language, DateTimeOffset.FromUnixTimeSeconds(long.Parse(expires, CultureInfo.InvariantCulture))),
            ["end", var id] => new EndTicket(id),
            _ => null,
        };
    }

    /// <summary>A new id of a subscription: 128 bits of chance.</summary>
    public static string NewId(IChance chance)
    {
        byte[] bits = new byte[16];
        lock (chance) chance.Fill(bits);
        return Base64Url.EncodeToString(bits);
    }

    /// <summary>An address on its way from one of our sites to another.</summary>
    public byte[] SealText(string text)
    {
        byte[] clear = Encoding.UTF8.GetBytes(text);
        byte[] octets = new byte[NonceOctets + clear.Length + TagOctets];
        HMACSHA256.HashData(naming, clear).AsSpan(0, NonceOctets).CopyTo(octets);
        using var gcm = new AesGcm(sealing, TagOctets);
        gcm.Encrypt(octets.AsSpan(0, NonceOctets), clear, octets.AsSpan(NonceOctets, clear.Length), octets.AsSpan(NonceOctets + clear.Length));
        return octets;
    }

    /// <summary>Null when it is not whole, or not sealed with our key.</summary>
    public string? OpenText(byte[] octets)
    {
        if (octets.Length is < NonceOctets + TagOctets or > MostOctets) return null;
        byte[] clear = new byte[octets.Length - NonceOctets - TagOctets];
        using var gcm = new AesGcm(sealing, TagOctets);
        try { gcm.Decrypt(octets.AsSpan(0, NonceOctets), octets.AsSpan(NonceOctets, clear.Length), octets.AsSpan(octets.Length - TagOctets), clear); }
        catch (AuthenticationTagMismatchException) { return null; }
        return Encoding.UTF8.GetString(clear);
    }

    private static string Text(SubscriptionTicket ticket) => ticket switch
    {
        ConfirmTicket c => $"confirm\n{c.Id}\n{c.Mailbox}\n{c.Language}\n{c.Expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)}",
        _ => $"end\n{ticket.Id}",
    };
}
