using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Mesh.Host.Config.Model;
using Mesh.Host.Journal;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Acme;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Switches;
using Mesh.Io;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Acme;

/// <summary>What of a site orders certificates and answers for them, on real sockets; it looks when it is told to.</summary>
public sealed class AcmeSite : IAsyncDisposable
{
    private readonly string address;
    private readonly string folder;
    private readonly CertificateFolder certificates;
    private PageListener? listener;

    public AcmeSite(string address, string folder, AcmeConfig config, ISharedJournal journal, TimeProvider time, Func<JournalEntry, IReadOnlyList<string>>? lacking = null, AcmeOptions? options = null)
    {
        (this.address, this.folder) = (address, folder);
        options ??= new AcmeOptions { PollEvery = TimeSpan.FromMilliseconds(100) };
        certificates = new CertificateFolder(Path.Combine(folder, "by-hand"), time, null, Path.Combine(folder, "certificates"));
        Switches = new SorrySwitches(journal, time);
        Challenges = new ChallengeAnswers(journal, config.Hosts, options, time);
        Responder = new SorryResponder(Switches, time, new HttpOptions { IdleTime = TimeSpan.FromMinutes(5) }) { Challenges = Challenges };
        Orders = new AcmeOrders(config, Challenges, new AcmeSurroundings
        {
            Folder = Path.Combine(folder, "acme"), Certificates = Path.Combine(folder, "certificates"), Lacking = lacking ?? (_ => []), Chance = new CryptoChance(),
            Log = new AcmeLog(NullLogger.Instance),
        }, time, options);
    }

    private readonly PublicSide side = new(new PublicOptions(), TimeProvider.System);

    public SorrySwitches Switches { get; }

    public ChallengeAnswers Challenges { get; }

    public SorryResponder Responder { get; }

    public AcmeOrders Orders { get; }

    public CertificateFolder Folder => certificates;

    public string FileOf(string host) => Path.Combine(folder, "certificates", host + ".pem");

    public string KeyFile => Path.Combine(folder, "acme", "account.key");

    public AcmeStanding Of(string host) => Orders.Standings.Single(s => s.Host == host);

    public static bool IsForItsOwnerOnly(string file) => OperatingSystem.IsWindows() || File.GetUnixFileMode(file) == (UnixFileMode.UserRead | UnixFileMode.UserWrite);

    public async Task ListenAsync() => listener = await PageListener.StartAsync(Responder, new HttpOptions { IdleTime = TimeSpan.FromMinutes(5) }, side,
        new ListenAddress("http", IPAddress.Parse(address), Pebble.HttpPort, ""), new ListenAddress("https", IPAddress.Parse(address), 8443, ""), certificates, NullLoggerFactory.Instance, CancellationToken.None);

    /// <summary>A handshake as a browser has it: the name is asked for, the chain must lead to the root. Throws when it does not.</summary>
    public Task<SslStream> HandshakeAsync(string host, X509Certificate2 root) => HandshakeAsync(address, host, root);

    public static async Task<SslStream> HandshakeAsync(string address, string host, X509Certificate2 root)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address, 8443);
        var tls = new SslStream(client.GetStream());
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.Add(root);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = host, CertificateChainPolicy = policy });
        return tls;
    }

    /// <summary>One request of a connection that goes on; its status line.</summary>
    public static async Task<string> AskAsync(Stream connection, string host, string path = "/")
    {
        await connection.WriteAsync(Encoding.ASCII.GetBytes($"HEAD {path} HTTP/1.1\r\nHost: {host}\r\n\r\n"));
        var said = new StringBuilder();
        var octet = new byte[1];
        while (!said.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await connection.ReadAsync(octet) == 1) said.Append((char)octet[0]);
        return said.ToString().Split('\r')[0];
    }

    public async Task<(int Status, string Body, string? Type)> GetAsync(string host, string path)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{address}:{Pebble.HttpPort}{path}") { Headers = { Host = host } };
        using var answer = await http.SendAsync(request);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentType?.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        await Orders.DisposeAsync();
        if (listener is not null) await listener.DisposeAsync();
        side.Dispose();
        Challenges.Dispose();
        Switches.Dispose();
        certificates.Dispose();
    }
}
