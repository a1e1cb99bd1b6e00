namespace Mesh.Host.Sorry.Smtp;

/// <summary>What a command is answered with.</summary>
public enum SmtpAct
{
    /// <summary>250 to HELO.</summary>
    Hello,

    /// <summary>250 to EHLO, with what is offered.</summary>
    Features,

    /// <summary>220, then TLS.</summary>
    BeginTls,

    /// <summary>250, or 501, 555: the sender's path.</summary>
    Sender,

    /// <summary>What the recipient's domain is switched to.</summary>
    Recipient,

    /// <summary>Never 354: there is no recipient.</summary>
    NoRecipient,

    /// <summary>250.</summary>
    Ok,

    /// <summary>214.</summary>
    Help,

    /// <summary>252: it may or may not exist.</summary>
    CannotVerify,

    /// <summary>502.</summary>
    NotOffered,

    /// <summary>500.</summary>
    Unrecognised,

    /// <summary>503.</summary>
    BadSequence,

    /// <summary>221.</summary>
    Goodbye,

    /// <summary>421: what would follow is not ours to read.</summary>
    Abandon,
}
