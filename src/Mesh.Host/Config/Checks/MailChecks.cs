using Mesh.Host.Config.Text;

namespace Mesh.Host.Config.Checks;

/// <summary>What mail needs besides its own section.</summary>
public static class MailChecks
{
    public static void Check(ConfigMap tree, ConfigProblems problems)
    {
        if (tree.Find("mail") is not { Value: ConfigMap mail } entry) return;
        if (tree.At("status", "url") is ConfigScalar url)
        {
            if (url.Text.StartsWith("http:", StringComparison.Ordinal)) problems.Warn(url.Source, "status.url is not https: links in mails can be read on the way, and mail programs offer no end by one click (RFC 8058)");
        }
        else problems.Error(entry.KeySource, "mail is configured, but not status.url, which mails link to", "status: { url: https://status.example.org/ }");
        if (tree.Find("mesh_key") is null) problems.Error(entry.KeySource, "mail is configured, but not mesh_key, which signs the links in mails", "'mesh provision key' makes one");
        bool hasUser = mail.Find("user") is not null, hasPassword = mail.Find("password") is not null;
        if (hasUser != hasPassword) problems.Error(entry.KeySource, $"mail has a {(hasUser ? "user but no password" : "password but no user")}");
        // Whoever is in the middle need only hide the offer to be sent the password.
        if (hasUser && mail.Find("starttls")?.Value is ConfigScalar { Text: "offered" } offered)
            problems.Error(offered.Source, "a password is sent over TLS that is required, or, where nobody listens, over none", "starttls: required");
    }
}
