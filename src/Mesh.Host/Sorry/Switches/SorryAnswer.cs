namespace Mesh.Host.Sorry.Switches;

/// <summary>What is answered in place of a host that is down.</summary>
public enum SorryAnswer
{
    /// <summary>HTTP 503 with a page, a problem document or plain text.</summary>
    Page,

    /// <summary>HTTP 302 to another place.</summary>
    Found,

    /// <summary>HTTP 307: as 302, the method kept.</summary>
    TemporaryRedirect,

    /// <summary>HTTP 301: browsers remember it for ever.</summary>
    MovedPermanently,

    /// <summary>HTTP: the connection is closed without an answer.</summary>
    Close,

    /// <summary>HTTP: the connection is reset.</summary>
    Reset,

    /// <summary>SMTP 450 4.3.2 for each recipient: try again.</summary>
    Defer,

    /// <summary>SMTP 421 4.3.2 and the end of the connection: try again, or another mail server.</summary>
    Closing,

    /// <summary>SMTP 550 5.3.2 for each recipient: the mail goes back.</summary>
    Reject,

    /// <summary>SMTP 556 5.1.10 for each recipient: the domain takes no mail (RFC 7504 section 4).</summary>
    NoMail,

    /// <summary>SMTP 521 5.3.2: this is no mail server (RFC 7504 section 3).</summary>
    NeverMail,

    /// <summary>Telephone: answered, an announcement, the end.</summary>
    Announce,

    /// <summary>Telephone: an announcement before the answer (183), then 480: the caller pays nothing.</summary>
    AnnounceEarly,
}

/// <summary>How the answers sort.</summary>
public static class SorryAnswers
{
    public static SorryChannel Channel(this SorryAnswer answer) => answer < SorryAnswer.Defer ? SorryChannel.Http : answer < SorryAnswer.Announce ? SorryChannel.Smtp : SorryChannel.Phone;

    /// <summary>The sender tries again: nothing is lost yet.</summary>
    public static bool IsSoft(this SorryAnswer answer) => answer is SorryAnswer.Defer or SorryAnswer.Closing;

    public static bool IsRedirect(this SorryAnswer answer) => answer is SorryAnswer.Found or SorryAnswer.TemporaryRedirect or SorryAnswer.MovedPermanently;
}
