using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>A path of MAIL or RCPT (RFC 5321 section 4.1.2), its source route dropped (appendix C).</summary>
/// <param name="Mailbox">As written; empty for the null path.</param>
/// <param name="Domain">In its one spelling; empty for a path without one (<c>&lt;postmaster&gt;</c>) or with an address literal.</param>
/// <param name="Parameters">What follows the path.</param>
public readonly record struct SmtpPath(string Mailbox, string Domain, string Parameters)
{
    /// <summary>Octets with the brackets at most (RFC 5321 section 4.5.3.1.3).</summary>
    public const int MaxLength = 256;

    /// <summary>Reads <c>FROM:&lt;path&gt; parameters</c>. False when it is none.</summary>
    public static bool TryRead(string argument, string keyword, out SmtpPath path)
    {
        path = default;
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase)) return false;
        string text = argument[keyword.Length..].TrimStart(' ');
        int end = Closing(text);
        if (end < 0 || end + 1 > MaxLength || (end + 1 < text.Length && text[end + 1] != ' ')) return false;
        string mailbox = text[1..end], parameters = text[(end + 1)..].Trim(' ');
        if (mailbox.StartsWith('@'))
        {
            int colon = mailbox.IndexOf(':', StringComparison.Ordinal);
            if (colon < 0) return false;
            mailbox = mailbox[(colon + 1)..];
        }
        // A quoted local part may hold an @ and a >, the domain may not.
        int at = mailbox.LastIndexOf('@');
        if (at < 0)
        {
            path = new SmtpPath(mailbox, "", parameters);
            return mailbox.Length == 0 || mailbox.Equals("postmaster", StringComparison.OrdinalIgnoreCase);
        }
        string domain = mailbox[(at + 1)..];
        bool literal = domain.Length > 2 && domain[0] == '[' && domain[^1] == ']';
        if (at == 0) return false;
        if (!literal && SorryTarget.Host(domain) is null) return false;
        path = new SmtpPath(mailbox, literal ? "" : SorryTarget.Host(domain)!, parameters);
        return true;
    }

    // Where the bracket that opens the text is closed, outside quotes; -1 when it is not.
    private static int Closing(string text)
    {
        if (text.Length < 2 || text[0] != '<') return -1;
        bool quoted = false;
        for (int i = 1; i < text.Length; i++)
            switch (text[i])
            {
                case '\\' when quoted: i++; break;
                case '"': quoted = !quoted; break;
                case '>' when !quoted: return i;
                case '<' or ' ' when !quoted: return -1;
            }
        return -1;
    }
}
