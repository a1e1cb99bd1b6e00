using System.Net;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Switches;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>Answers mail for domains that are down. It takes none.</summary>
/// <param name="hostName">What it calls itself: a name, or an address literal.</param>
/// <param name="certificates">Null: STARTTLS is not offered.</param>
public sealed class SmtpServer(SorrySwitches switches, TimeProvider time, string hostName, CertificateFolder? certificates, SmtpOptions options)
{
    private readonly SourceLimit sources = new(options.ConnectionsPerSource);

    public SmtpOptions Options => options;

    public TimeProvider Time => time;

    public CertificateFolder? Certificates => certificates;

    public SmtpCounters Counters { get; } = new();

    public SmtpReport Report { get; } = new(time);

    /// <summary>What a session sees now.</summary>
    public SmtpScene Scene() => new(hostName, certificates is { IsEmpty: false }, switches.Board, time.GetUtcNow(), options);

    /// <summary>Serves a connection that was accepted; returns when it is over.</summary>
    public async Task ServeAsync(ConnectionContext connection)
    {
        var source = (connection.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;
        Counters.Begin();
        bool admitted = sources.TryEnter(source);
        try
        {
            bool taken = true;
            if (admitted) taken = await new SmtpConnection(connection.Transport, this).ServeAsync(connection.ConnectionClosed);
            else await RefuseAsync(connection);
            if (taken) Await(connection);
            else connection.Abort();
        }
        finally
        {
            if (admitted) sources.Leave(source);
            Counters.End();
        }
    }

    private async Task RefuseAsync(ConnectionContext connection)
    {
        Counters.Refuse(SmtpRefusal.Source);
        string line = SmtpWords.Of(SmtpRefusal.Source).Lines[0] + "\r\n";
        await connection.Transport.Output.WriteAsync(System.Text.Encoding.ASCII.GetBytes(line), connection.ConnectionClosed);
    }

    // A peer that does not take the last reply would hold the connection for ever.
    private void Await(ConnectionContext connection)
    {
        var farewell = new CancellationTokenSource(options.FarewellTime, time);
        farewell.Token.Register(() => connection.Abort());
        connection.ConnectionClosed.Register(farewell.Dispose);
    }
}
