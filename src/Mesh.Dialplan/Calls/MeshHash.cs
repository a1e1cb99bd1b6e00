using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Mesh.Dialplan.Calls;

/// <summary>Six-character names for targets and devices: 36 bits of SHA-256 in base64url, the same on every site.</summary>
public static class MeshHash
{
    public const int Length = 6;

    /// <summary>Hashes a thread keeps; then it begins anew. A call asks for the same few several times, and a site has few numbers and devices.</summary>
    private const int Kept = 1024;

    private const int KeptLength = 128;

    private const string Separators = " -.()";

    [ThreadStatic]
    private static Dictionary<(string Domain, string Text), string>? known;

    /// <summary>The hash of a number or account for R5, after <see cref="Normalise"/>.</summary>
    public static string Target(string target) => Known("target\n", target);

    /// <summary>The hash of a device (R11): +sip.instance, else account and contact.</summary>
    public static string Device(string deviceKey) => Known("device\n", deviceKey);

    /// <summary>The hash of every device of an account: for an account that has none where the fork is made, so that one other site rings it and not each of them.</summary>
    public static string Account(string account) => Known("account\n", account);

    /// <summary>One spelling for each number: a telephone number without its visual separators (RFC 3966 section 5.1.1), anything else trimmed and in lower case.</summary>
    public static string Normalise(string target)
    {
        bool isSeparated = false;
        foreach (char c in target)
        {
            if (char.IsAsciiDigit(c) || c is '+' or '*' or '#') continue;
            if (!Separators.Contains(c)) return target.Trim().ToLowerInvariant();
            isSeparated = true;
        }
        return isSeparated ? string.Concat(target.Where(c => !Separators.Contains(c))) : target;
    }

    /// <summary>True for base64url's alphabet (RFC 4648 section 5) only.</summary>
    public static bool IsBase64Url(ReadOnlySpan<char> text)
    {
        foreach (char c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c != '-' && c != '_') return false;
        return true;
    }

    private static string Known(string domain, string text)
    {
        known ??= [];
        if (known.TryGetValue((domain, text), out string? hash)) return hash;
        if (known.Count >= Kept) known.Clear();
        hash = Hash(domain, domain == "device\n" ? text : Normalise(text));
        if (text.Length <= KeptLength) known[(domain, text)] = hash;
        return hash;
    }

    private static string Hash(string domain, string text)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(domain + text), digest);
        return Base64Url.EncodeToString(digest[..5])[..Length];
    }
}
