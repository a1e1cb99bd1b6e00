using System.Diagnostics.CodeAnalysis;

namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>
/// A mail address that can stand in a command and in a header as it is: RFC 5321 section 4.1.2 without quoted local parts, address literals and SMTPUTF8. Nothing in it needs escaping, so
/// nothing can be slipped in with it.
/// </summary>
public sealed record Mailbox
{
    private const string AtomMarks = "!#$%&'*+-/=?^_`{|}~";

    private Mailbox(string local, string domain) => (Local, Domain) = (local, domain);

    public string Local { get; }

    /// <summary>In lower case.</summary>
    public string Domain { get; }

    /// <summary>Two spellings of which are one mailbox nearly everywhere.</summary>
    public string Key => ToString().ToLowerInvariant();

    public static bool TryParse(string text, [NotNullWhen(true)] out Mailbox? mailbox)
    {
        text = text.Trim();
        mailbox = null;
        int at = text.LastIndexOf('@');
        if (text.Length > 254 || at is < 1 or > 64) return false;
        var (local, domain) = (text[..at], text[(at + 1)..].ToLowerInvariant());
        if (!local.Split('.').All(static atom => atom.Length > 0 && atom.All(IsAtom)) || !IsDomain(domain)) return false;
        mailbox = new Mailbox(local, domain);
        return true;
    }

    public override string ToString() => $"{Local}@{Domain}";

    private static bool IsAtom(char c) => char.IsAsciiLetterOrDigit(c) || AtomMarks.Contains(c, StringComparison.Ordinal);

    // RFC 5321 section 2.3.5: a name of at least two labels; the last is never a number.
    private static bool IsDomain(string domain)
    {
        string[] labels = domain.Split('.');
        return labels.Length > 1 && !labels[^1].All(char.IsAsciiDigit)
            && labels.All(static l => l.Length is > 0 and <= 63 && l.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-') && l[0] != '-' && l[^1] != '-');
    }
}
