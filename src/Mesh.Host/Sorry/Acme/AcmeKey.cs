using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Mesh.Host.Sorry.Acme;

/// <summary>The key of an account: signs requests with ES256 (RFC 7515, RFC 7518 section 3.4).</summary>
public sealed class AcmeKey : IDisposable
{
    private readonly ECDsa key;

    private AcmeKey(ECDsa key)
    {
        this.key = key;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        Jwk = new JsonObject { ["crv"] = "P-256", ["kty"] = "EC", ["x"] = Base64Url.EncodeToString(point.X), ["y"] = Base64Url.EncodeToString(point.Y) };
        // RFC 7638 section 3: the members in this order and no blank, which is how the object above is written.
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Jwk.ToJsonString())));
    }

    /// <summary>The public key (RFC 7517).</summary>
    public JsonObject Jwk { get; }

    /// <summary>Of the public key (RFC 7638), base64url.</summary>
    public string Thumbprint { get; }

    /// <summary>What a challenge is answered with (RFC 8555 section 8.1). No secret.</summary>
    public string Authorization(string token) => $"{token}.{Thumbprint}";

    /// <summary>The key in a file for its owner only; made when there is none.</summary>
    /// <exception cref="IOException">The file cannot be read or written, or holds no such key.</exception>
    public static AcmeKey Open(string file)
    {
        if (!File.Exists(file))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            PrivateFile.Write(file, made.ExportPkcs8PrivateKeyPem());
        }
        var read = ECDsa.Create();
        try
        {
            read.ImportFromPem(File.ReadAllText(file));
            if (read.KeySize != 256) throw new CryptographicException("it is not on P-256");
            return new AcmeKey(read);
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or UnauthorizedAccessException)
        {
            read.Dispose();
            throw new IOException($"{file} holds no key of an account: {e.Message}", e);
        }
    }

    /// <summary>A signed request in the flattened JSON form (RFC 8555 section 6.2).</summary>
    /// <param name="account">The account's URL; null: it is not known yet, and the key itself is sent.</param>
    /// <param name="payload">Null: POST-as-GET (RFC 8555 section 6.3).</param>
    public string Sign(Uri url, string nonce, Uri? account, JsonObject? payload)
    {
        var header = new JsonObject { ["alg"] = "ES256", ["nonce"] = nonce, ["url"] = url.AbsoluteUri };
        if (account is null) header["jwk"] = Jwk.DeepClone();
        else header["kid"] = account.AbsoluteUri;
        string protectedPart = Encode(header.ToJsonString()), body = payload is null ? "" : Encode(payload.ToJsonString());
        byte[] signature = key.SignData(Encoding.ASCII.GetBytes($"{protectedPart}.{body}"), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        return new JsonObject { ["protected"] = protectedPart, ["payload"] = body, ["signature"] = Base64Url.EncodeToString(signature) }.ToJsonString();
    }

    public void Dispose() => key.Dispose();

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
