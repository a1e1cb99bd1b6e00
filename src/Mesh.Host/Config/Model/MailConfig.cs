using Mesh.Host.Status.Subscriptions.Mail;

namespace Mesh.Host.Config.Model;

/// <summary>How a site sends mail.</summary>
/// <param name="Relay">Takes our mail and brings it on; port 25 when none was given.</param>
/// <param name="From">Whose mail it is.</param>
/// <param name="User">Our account at the relay; empty when it asks for none.</param>
public sealed record MailConfig(HostPort Relay, Mailbox From, StartTls StartTls, string User, Secret? Password);

/// <summary>Whether mail goes to the relay over TLS.</summary>
public enum StartTls
{
    /// <summary>With a certificate that proves the relay's name, or not at all.</summary>
    Required,

    /// <summary>When the relay can, with whatever certificate; else in clear.</summary>
    Offered,
    Off,
}
