namespace Mesh.Host.Sorry.Smtp;

/// <summary>How far a session has come.</summary>
public enum SmtpPhase
{
    /// <summary>Greeted with 220; nothing said yet, or nothing since STARTTLS.</summary>
    Connected,

    /// <summary>After EHLO or HELO.</summary>
    Hello,

    /// <summary>A transaction: MAIL was taken.</summary>
    Mail,

    /// <summary>Greeted with 521: all but QUIT is out of place (RFC 7504 section 3).</summary>
    Refused,

    /// <summary>Over; the connection is closed once the reply is out.</summary>
    Closed,
}
