namespace Mesh.Host.Sorry.Smtp;

using static SmtpAct;
using static SmtpPhase;

/// <summary>
/// RFC 5321 section 4.1.4, the order of commands, of a server that never takes a message: there is no phase of data, and no way to one. BDAT would be followed by octets that
/// are no commands (RFC 3030 section 2), a browser's request by its headers: the connection ends before they are read.
/// </summary>
public static class SmtpFigure
{
    public static (SmtpPhase Phase, SmtpAct Act) Step(SmtpPhase phase, SmtpVerb verb) => (phase, verb) switch
    {
        (Closed, _) => (Closed, Abandon),
        (_, SmtpVerb.Quit) => (Closed, Goodbye),
        (_, SmtpVerb.Bdat or SmtpVerb.Http) => (Closed, Abandon),
        (Refused, _) => (Refused, BadSequence),
        (_, SmtpVerb.Ehlo) => (SmtpPhase.Hello, Features),
        (_, SmtpVerb.Helo) => (SmtpPhase.Hello, SmtpAct.Hello),
        (Connected, SmtpVerb.Rset) => (Connected, Ok),
        (_, SmtpVerb.Rset) => (SmtpPhase.Hello, Ok),
        (SmtpPhase.Hello, SmtpVerb.StartTls) => (Connected, BeginTls),
        (SmtpPhase.Hello, SmtpVerb.Mail) => (Mail, Sender),
        (Mail, SmtpVerb.Rcpt) => (Mail, Recipient),
        (Mail, SmtpVerb.Data) => (Mail, NoRecipient),
        (_, SmtpVerb.StartTls or SmtpVerb.Mail or SmtpVerb.Rcpt or SmtpVerb.Data) => (phase, BadSequence),
        (_, SmtpVerb.Noop) => (phase, Ok),
        (_, SmtpVerb.Help) => (phase, Help),
        (_, SmtpVerb.Vrfy) => (phase, CannotVerify),
        (_, SmtpVerb.Expn or SmtpVerb.Auth) => (phase, NotOffered),
        _ => (phase, Unrecognised),
    };
}
