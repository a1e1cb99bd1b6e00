namespace Mesh.Host.Sorry.Smtp;

/// <summary>The commands a client may send (RFC 5321 section 4.1; RFC 3207, RFC 3030, RFC 4954).</summary>
public enum SmtpVerb
{
    /// <summary>No command at all.</summary>
    Unknown,
    Helo,
    Ehlo,
    StartTls,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Vrfy,
    Expn,
    Help,
    Auth,
    Quit,

    /// <summary>The first line of a web browser.</summary>
    Http,
}
