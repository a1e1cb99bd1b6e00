using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Sorry.Contents;

/// <summary>The secret address of each version: 128 bits that follow from a key the sites share, so that it is kept nowhere, is the same at every site, and ends with the version.</summary>
public sealed class PreviewSecrets(byte[] key)
{
    public const string Prefix = "/.preview/";

    /// <summary>Characters of a secret: hexadecimal digits, so that it can be a label of a host name too.</summary>
    public const int Length = 32;

    public string Of(ContentVersion version) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"preview\n{version.Target}\n{version.Id}")).AsSpan(0, Length / 2));

    /// <summary>The secret a request names and what it asks for below it; null: it names none.</summary>
    /// <param name="host">In its one spelling.</param>
    public static (string Secret, string Path)? Named(string host, string path)
    {
        if (path.StartsWith(Prefix, StringComparison.Ordinal))
        {
            string rest = path[Prefix.Length..];
            if (rest.Length == Length) return (rest, "");
            return rest.Length > Length && rest[Length] == '/' ? (rest[..Length], rest[Length..]) : null;
        }
        return host.Length > Length && host[Length] == '.' && host.AsSpan(0, Length).IndexOfAnyExcept("0123456789abcdef") < 0 ? (host[..Length], path) : null;
    }
}
