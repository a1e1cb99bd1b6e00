using Mesh.Host.Config.Model;
using Mesh.Host.Config.Scalars;
using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Config.Shapes;

/// <summary>How mail goes out.</summary>
public static class MailSchema
{
    private const string Scheme = "smtp://";

    public static readonly Scalar<HostPort> Relay = new("a mail relay", "smtp://mail.example.org:25", "^smtp://\\S+$",
        static (string text, out HostPort value, out string why) =>
        {
            value = default;
            why = $"it begins with {Scheme}";
            return text.StartsWith(Scheme, StringComparison.Ordinal) && HostPort.TryParse(text[Scheme.Length..].TrimEnd('/'), out value, out why);
        });

    public static readonly Scalar<Mailbox> From = new("a mail address", "status@example.org", "^[^@\\s]+@[^@\\s]+$",
        static (string text, out Mailbox value, out string why) =>
        {
            why = "";
            bool reads = Mailbox.TryParse(text, out var mailbox);
            value = mailbox!;
            return reads;
        });

    public static readonly Scalar<string> StartTls = Words.OneOf("required", "offered", "off");

    public static readonly SectionShape Mail = new("mail",
    [
        new("relay", new ScalarShape(Relay), "The server that takes our mail.") { Required = true },
        new("from", new ScalarShape(From), "Our address on it.") { Required = true },
        new("starttls", new ScalarShape(StartTls), "TLS to the relay: required (its certificate must be good), offered (when it can), off.") { Default = "required" },
        new("user", new ScalarShape(Words.Text), "Our account there, when it asks for one."),
        new("password", SecretSchema.Secret, "The password of that account."),
    ]);
}
