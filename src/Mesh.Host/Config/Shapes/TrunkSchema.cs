using Mesh.Host.Config.Scalars;
using Mesh.Iax2.Sealing;
using Mesh.Iax2.Trunking;

namespace Mesh.Host.Config.Shapes;

/// <summary>Systems that are not ours: carriers over SIP, other exchanges over IAX2.</summary>
public static class TrunkSchema
{
    public static readonly Scalar<string> Auth = Words.OneOf("md5", "plaintext", "rsa", "none");
    public static readonly Scalar<string> Encryption = Words.OneOf("off", "offer", "required");
    public static readonly Scalar<TimeSpan> KeyRotation = Numbers.Duration(TimeSpan.FromSeconds(10), TimeSpan.FromHours(24));
    public static readonly Scalar<string> CallToken = Words.OneOf("required", "auto", "no");

    public static readonly Scalar<int> Mtu = Numbers.Count(TrunkOptions.LeastMtu, TrunkOptions.MostMtu);

    /// <summary>Between our own sites the seal needs room too.</summary>
    public static readonly Scalar<int> SiteMtu = Numbers.Count(TrunkOptions.LeastMtu, TrunkOptions.MostMtu - SealFormat.Overhead);

    public static readonly Scalar<TimeSpan> OptionsEvery = Numbers.Duration(TimeSpan.FromSeconds(5), TimeSpan.FromHours(1));

    public static readonly SectionShape Peer = new("peer",
    [
        new("iax2", new ScalarShape(Addresses.Host), "Its host, and the port if not 4569.") { Required = true },
        new("user", new ScalarShape(Words.Name), "The name we call it with, and it calls us with."),
        new("secret", SecretSchema.Secret, "The password of that name."),
        new("auth", new ScalarShape(Auth), "How it authenticates.") { Default = "md5" },
        new("private_key", new ScalarShape(Words.FilePath), "With auth: rsa, the file of our key, readable by its owner only."),
        new("public_key", new ScalarShape(Words.FilePath), "With auth: rsa, the file of its key."),
        new("encryption", new ScalarShape(Encryption), "Whether calls with it are encrypted (AES-128 as in RFC 5456, the key made of the secret).") { Default = "off" },
        new("key_rotation", new ScalarShape(KeyRotation), "After how long an encrypted call takes a new key; never when absent. For peers that know RTKEY."),
        new("calltoken", new ScalarShape(CallToken), "Whether its calls must bring a call token.") { Default = "required" },
        new("trunk", new ScalarShape(Words.Switch), "Pack the audio of several calls into one datagram.") { Default = "no" },
        new("trunk_timestamps", new ScalarShape(Words.Switch), "Each call's audio in it has a time stamp of its own.") { Default = "yes" },
        new("trunk_mtu", new ScalarShape(Mtu), "Octets of such a datagram at most, without the headers of IP and UDP.") { Default = "1240" },
        new("jitter_buffer", new ScalarShape(Words.Switch), "Even out its voice here before it goes on.") { Default = "off" },
    ]);

    private static readonly SectionShape Sip = new("sip",
    [
        new("from", new ListShape(new ScalarShape(Addresses.Network)), "The networks its calls come from.") { Required = true },
        new("to", new ScalarShape(Addresses.Host), "Where our calls to it go, and the port if not 5060; absent for a carrier that only brings calls."),
        new("max_calls", new ScalarShape(Numbers.Count(1, 100_000)), "Most calls at once, both ways; no limit when absent."),
        new("user", new ScalarShape(Words.Text), "The name of our account there, when it asks for one."),
        new("secret", SecretSchema.Secret, "The password of that account."),
        new("options", new ScalarShape(OptionsEvery), "How often it is asked with OPTIONS whether it is there; never when absent: only calls tell."),
    ]);

    private static readonly SectionShape Ntsapi = new("ntsapi",
    [
        new("host", new ScalarShape(Addresses.Host), "The carrier's interface for re-pointing numbers.") { Required = true },
        new("port", new ScalarShape(Numbers.Count(1, 65_535)), "Its port.") { Default = "777" },
        new("user", new ScalarShape(Words.Text), "Our account there."),
        new("password", SecretSchema.Secret, "Its password."),
    ]);

    public static readonly SectionShape Trunk = new("trunk",
    [
        new("sip", Sip, "How its SIP is reached.") { Required = true },
        new("numbers", new MapShape("number", Telephony.PublicNumber, new ListShape(new ScalarShape(Words.Name))), "Our numbers on it, and which site should take each, in order."),
        new("ntsapi", Ntsapi, "How its numbers are re-pointed when a site is down.") { NotServed = true },
    ]);
}
