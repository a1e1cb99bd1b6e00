namespace Mesh.Host.Sorry.Smtp;

/// <summary>A command line, cut at its first space.</summary>
/// <param name="Argument">What follows the verb, without spaces around it.</param>
public readonly record struct SmtpCommand(SmtpVerb Verb, string Argument)
{
    private static readonly Dictionary<string, SmtpVerb> Verbs = new(StringComparer.OrdinalIgnoreCase)
    {
        ["HELO"] = SmtpVerb.Helo, ["EHLO"] = SmtpVerb.Ehlo, ["STARTTLS"] = SmtpVerb.StartTls, ["MAIL"] = SmtpVerb.Mail, ["RCPT"] = SmtpVerb.Rcpt, ["DATA"] = SmtpVerb.Data, ["BDAT"] = SmtpVerb.Bdat,
        ["RSET"] = SmtpVerb.Rset, ["NOOP"] = SmtpVerb.Noop, ["VRFY"] = SmtpVerb.Vrfy, ["EXPN"] = SmtpVerb.Expn, ["HELP"] = SmtpVerb.Help, ["AUTH"] = SmtpVerb.Auth, ["QUIT"] = SmtpVerb.Quit,
        ["GET"] = SmtpVerb.Http, ["POST"] = SmtpVerb.Http, ["PUT"] = SmtpVerb.Http, ["OPTIONS"] = SmtpVerb.Http, ["CONNECT"] = SmtpVerb.Http,
    };

    /// <summary>Reads a line without its CRLF. Verbs are of any case (RFC 5321 section 2.4).</summary>
    public static SmtpCommand Read(string line)
    {
        int space = line.IndexOf(' ', StringComparison.Ordinal);
        string word = space < 0 ? line : line[..space];
        return new SmtpCommand(Verbs.GetValueOrDefault(word), space < 0 ? "" : line[space..].Trim(' '));
    }
}
