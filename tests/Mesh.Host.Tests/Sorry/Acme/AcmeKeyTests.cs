using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Mesh.Host.Sorry.Acme;

namespace Mesh.Host.Tests.Sorry.Acme;

public sealed class AcmeKeyTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("mesh-acme-key-");

    private string FileName => Path.Combine(folder.FullName, "account.key");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_request_is_signed_so_that_anybody_can_check_it()
    {
        using var key = AcmeKey.Open(FileName);
        var sent = JsonSerializer.Deserialize<JsonElement>(key.Sign(new Uri("https://ca.example/new"), "n-1", null, new JsonObject { ["a"] = 1 }));
        string protectedPart = sent.GetProperty("protected").GetString()!, payload = sent.GetProperty("payload").GetString()!;
        var header = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(protectedPart));
        Assert.Equal(("ES256", "n-1", "https://ca.example/new"), (header.GetProperty("alg").GetString(), header.GetProperty("nonce").GetString(), header.GetProperty("url").GetString()));
        Assert.Equal("""{"a":1}""", Encoding.UTF8.GetString(Base64Url.DecodeFromChars(payload)));
        var jwk = header.GetProperty("jwk");
        using var open = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(jwk.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(jwk.GetProperty("y").GetString()) },
        });
        Assert.True(open.VerifyData(Encoding.ASCII.GetBytes($"{protectedPart}.{payload}"), Base64Url.DecodeFromChars(sent.GetProperty("signature").GetString()), HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));

        var asGet = JsonSerializer.Deserialize<JsonElement>(key.Sign(new Uri("https://ca.example/order/1"), "n-2", new Uri("https://ca.example/account/7"), null));
        Assert.Equal("", asGet.GetProperty("payload").GetString());
        var named = JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(asGet.GetProperty("protected").GetString()));
        Assert.Equal("https://ca.example/account/7", named.GetProperty("kid").GetString());
        Assert.False(named.TryGetProperty("jwk", out _));
    }

    [Fact]
    public void The_key_is_made_once_for_its_owner_only_and_a_spoilt_one_is_said()
    {
        string first;
        using (var key = AcmeKey.Open(FileName)) first = key.Authorization("t");
        using (var key = AcmeKey.Open(FileName)) Assert.Equal(first, key.Authorization("t"));
        Assert.Matches("^t\\.[A-Za-z0-9_-]{43}$", first);
        Assert.True(AcmeSite.IsForItsOwnerOnly(FileName));
        File.WriteAllText(FileName, "no key");
        Assert.Contains("holds no key of an account", Assert.Throws<IOException>(() => AcmeKey.Open(FileName)).Message);
    }
}
