using System.Security.Cryptography;
using Mesh.Host.Config;
using Mesh.Host.Config.Model;
using Mesh.Host.Sites;
using Mesh.Iax2.Peers;
using Mesh.Iax2.Wire;

namespace Mesh.Host.Tests.Config;

/// <summary>How another system proves itself, and whether its calls are encrypted.</summary>
public class PeerSecurityTests
{
    private const string Peer = "oldpbx: { iax2: \"192.0.2.10:4569\", user: mesh, secret: shared-secret, auth: md5, calltoken: required, trunk: false }";

    [Fact]
    public void Encryption_is_off_unless_it_is_written_down()
    {
        using var bundle = new BundleFolder();
        Assert.Equal((EncryptionPolicy.Off, 0), (Options(bundle).Encryption, Options(bundle).KeyRotationSeconds));
    }

    [Theory]
    [InlineData("offer", EncryptionPolicy.Offer)]
    [InlineData("required", EncryptionPolicy.Required)]
    public void Encryption_and_the_rotation_of_keys_reach_the_endpoint(string written, EncryptionPolicy policy)
    {
        using var bundle = With($"secret: shared-secret, encryption: {written}, key_rotation: 2m");
        Assert.Equal((policy, 120), (Options(bundle).Encryption, Options(bundle).KeyRotationSeconds));
    }

    [Fact]
    public void Keys_are_read_from_their_files()
    {
        using var key = RSA.Create(1024);
        using var bundle = With("auth: rsa, private_key: keys/ours.key, public_key: keys/theirs.pub");
        bundle.Write("keys/ours.key", key.ExportRSAPrivateKeyPem(), UnixFileMode.UserRead).Write("keys/theirs.pub", key.ExportSubjectPublicKeyInfoPem());
        var options = Options(bundle);
        Assert.Equal((AuthenticationMethods.Rsa, true, true), (options.Methods, options.Rsa!.CanSign, options.Rsa.CanVerify));
        Assert.Null(options.Secret);
    }

    [Fact]
    public void Plaintext_is_only_for_who_has_it_written_down()
    {
        using var bundle = new BundleFolder();
        Assert.Equal(AuthenticationMethods.Md5, Options(bundle).Methods);
        using var plain = With("secret: shared-secret, auth: plaintext");
        Assert.Equal(AuthenticationMethods.Plaintext, Options(plain).Methods);
    }

    [Theory]
    [InlineData("auth: rsa", "has auth: rsa and no key")]
    [InlineData("auth: none, encryption: required", "is to be encrypted and has no 'secret'")]
    [InlineData("secret: s, public_key: x.pub", "has keys that nothing uses")]
    [InlineData("auth: rsa, public_key: nowhere.pub", "there is no file")]
    [InlineData("auth: rsa, public_key: nonsense.pub", "cannot be read")]
    [InlineData("auth: rsa, private_key: open.key", "may be read by others")]
    [InlineData("auth: rsa, public_key: large.pub", "it has 2048 bits")]
    [InlineData("secret: s, encryption: always", "encryption")]
    [InlineData("secret: s, encryption: offer, key_rotation: 1s", "key_rotation")]
    public void What_cannot_work_is_an_error(string written, string says)
    {
        using var key = RSA.Create(1024);
        using var large = RSA.Create(2048);
        using var bundle = With(written);
        bundle.Write("nonsense.pub", "nonsense").Write("open.key", key.ExportRSAPrivateKeyPem(), UnixFileMode.UserRead | UnixFileMode.OtherRead).Write("large.pub", large.ExportSubjectPublicKeyInfoPem());
        var result = BundleReader.Read(new BundleRequest(bundle.Path, "london"));
        var error = Assert.Single(result.Problems, problem => !problem.IsWarning);
        Assert.Contains(says, error.Message);
        Assert.Contains("peers.oldpbx", error.Message);
    }

    private static BundleFolder With(string peer)
    {
        Assert.Contains(Peer, BundleFolder.TwoSites);
        return new BundleFolder(BundleFolder.TwoSites.Replace(Peer, $"oldpbx: {{ iax2: \"192.0.2.10:4569\", user: mesh, {peer} }}"));
    }

    private static PeerOptions Options(BundleFolder bundle)
    {
        var result = BundleReader.Read(new BundleRequest(bundle.Path, "london"));
        Assert.False(result.HasErrors, string.Join('\n', result.Problems));
        SiteModel site = result.Sites["london"];
        return new SitePeers(site, new MeshKeys(new Secret(BundleFolder.Key))).All().Single(peer => peer.Options.Name == "oldpbx").Options;
    }
}
