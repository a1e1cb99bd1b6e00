using Mesh.Host.Listening;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Switches;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>Answers mail for domains that are down. It takes none.</summary>
/// <param name="hostName">What it calls itself: a name, or an address literal.</param>
/// <param name="certificates">Null: STARTTLS is not offered.</param>
public sealed class SmtpServer(SorrySwitches switches, TimeProvider time, string hostName, CertificateFolder? certificates, SmtpOptions options)
{
    public SmtpOptions Options => options;

    public TimeProvider Time => time;

    public CertificateFolder? Certificates => certificates;

    public SmtpCounters Counters { get; } = new();

    public SmtpReport Report { get; } = new(time);

    /// <summary>What a session sees now.</summary>
    public SmtpScene Scene() => new(hostName, certificates is { IsEmpty: false }, switches.Board, time.GetUtcNow(), options);

    /// <summary>Serves a connection that has a <see cref="RoomPlace"/>; returns when it is over.</summary>
    public async Task ServeAsync(ConnectionContext connection)
    {
        Counters.Begin();
        try
        {
            if (!await new SmtpConnection(connection.Transport, this, connection.Features.Get<RoomPlace>()!).ServeAsync()) connection.Abort();
        }
        finally { Counters.End(); }
    }
}
