namespace Mesh.Host.Sorry.Smtp;

/// <summary>Why a connection was ended with 421.</summary>
public enum SmtpRefusal
{
    /// <summary>Too many connections from one source.</summary>
    Source,

    /// <summary>A line too long.</summary>
    LongLine,

    /// <summary>A line feed or carriage return alone, or a NUL: the stuff of smuggling.</summary>
    BareLineEnd,

    /// <summary>Something was sent along with STARTTLS (RFC 3207 section 4).</summary>
    BeforeTls,

    /// <summary>TLS did not come about.</summary>
    Tls,

    /// <summary>Too many commands.</summary>
    Commands,

    /// <summary>Too many faults.</summary>
    Faults,

    /// <summary>A line, or the session, took too long.</summary>
    Time,

    /// <summary>Others wanted in while this one was slow.</summary>
    Crowded,

    /// <summary>BDAT or a browser.</summary>
    NotMail,
}
