namespace Mesh.Host.Sorry.Smtp;

/// <summary>The limits of sorry over SMTP. What goes beyond one is told 421 and counted; it never changes what a domain is answered with.</summary>
public sealed record SmtpOptions
{
    /// <summary>Octets of a command line, CRLF and the parameters of extensions included (RFC 5321 sections 4.5.3.1.4 and 4.1.2).</summary>
    public int LineOctets { get; init; } = 1024;

    /// <summary>Commands of one session.</summary>
    public int Commands { get; init; } = 500;

    /// <summary>Faults of one session: unknown commands, wrong order, unreadable paths.</summary>
    public int Faults { get; init; } = 10;

    /// <summary>For one line, from the end of the last: octets dripped one by one do not lengthen it.</summary>
    public TimeSpan LineTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the whole session.</summary>
    public TimeSpan SessionTime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>Connections at once; above it the one whose last line is longest ago makes room.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>Connections at once from one source (an IPv4 address or an IPv6 /64).</summary>
    public int ConnectionsPerSource { get; init; } = 20;

    /// <summary>Octets of requests and of replies held for one connection.</summary>
    public int BufferOctets { get; init; } = 16 * 1024;
}
