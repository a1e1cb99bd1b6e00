using Mesh.Host.Config.Scalars;

namespace Mesh.Host.Config.Shapes;

/// <summary>People and their devices.</summary>
public static class PeopleSchema
{
    /// <summary>RFC 8760; <c>both</c> is for phones that skip what they cannot read.</summary>
    public static readonly Scalar<string> Digest = Words.OneOf("md5", "sha-256", "both");

    private static readonly SectionShape Voicemail = new("voicemail",
    [
        new("email", new ScalarShape(Words.Email), "Where messages are sent."),
    ]);

    public static readonly SectionShape Person = new("person",
    [
        new("name", new ScalarShape(Words.Text), "Shown to whoever they call."),
        new("phones", new ListShape(new ScalarShape(Words.Name)), "The phones that ring for them.") { Required = true },
        new("voicemail", Voicemail, "Takes messages.") { NotServed = true },
    ]);

    public static readonly SectionShape Phone = new("phone",
    [
        new("secret", SecretSchema.Secret, "The password it registers with.") { Required = true },
        new("digest", new ScalarShape(Digest), "The hashes it is challenged with over SIP; many phones give up at a challenge they do not know.") { Default = "md5" },
        new("iax2", new ScalarShape(Words.Switch), "It registers over IAX2 and not over SIP.") { Default = "no" },
        new("encryption", new ScalarShape(TrunkSchema.Encryption), "Whether its calls over IAX2 are encrypted.") { Default = "off" },
        new("jitter_buffer", new ScalarShape(Words.Switch), "Even out its voice here before it goes on, for an IAX2 device over a bad line.") { Default = "off" },
    ]);
}
