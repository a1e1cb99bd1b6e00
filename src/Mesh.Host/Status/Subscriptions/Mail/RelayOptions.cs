using System.Net.Security;

namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>How patient we are with the relay. RFC 5321 section 4.5.3.2 asks for minutes.</summary>
public sealed record RelayOptions
{
    public TimeSpan ConnectTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For each reply.</summary>
    public TimeSpan ReplyTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Octets of a line of a reply.</summary>
    public int LineOctets { get; init; } = 1024;

    /// <summary>Lines of one reply.</summary>
    public int ReplyLines { get; init; } = 100;

    /// <summary>Judges the relay's certificate where one is required; null: as the machine does.</summary>
    public RemoteCertificateValidationCallback? Certificate { get; init; }
}
