using System.Net.Sockets;
using System.Text;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Http;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Switches;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Http;

/// <summary>Sorry over HTTP on a real socket, spoken to octet by octet.</summary>
public sealed class HttpWorld : IAsyncDisposable
{
    private readonly CertificateFolder certificates;
    private readonly IncidentEnds ends;
    private PageListener? listener;

    private HttpWorld(string address, HttpOptions options, MemoryJournal journal, PublicOptions shared)
    {
        Side = new PublicSide(shared, TimeProvider.System);
        Http = FreePort.On(address, "http");
        Https = FreePort.On(address, "https");
        certificates = new CertificateFolder(Files.Folder, TimeProvider.System);
        Journal = journal;
        Switches = new SorrySwitches(journal, TimeProvider.System);
        ends = new IncidentEnds(journal);
        Responder = new SorryResponder(Switches, TimeProvider.System, options) { Incidents = ends };
    }

    public Certificates Files { get; } = new("www.example", "shop.example", "*.wild.example");

    public PublicSide Side { get; }

    public ListenAddress Http { get; }

    public ListenAddress Https { get; }

    public MemoryJournal Journal { get; }

    public SorrySwitches Switches { get; }

    public SorryResponder Responder { get; }

    public static async Task<HttpWorld> StartAsync(string address, HttpOptions? options = null, MemoryJournal? journal = null, PublicOptions? shared = null)
    {
        options ??= new HttpOptions();
        var world = new HttpWorld(address, options, journal ?? new MemoryJournal(TimeProvider.System), shared ?? new PublicOptions());
        world.listener = await PageListener.StartAsync(world.Responder, options, world.Side, world.Http, world.Https, world.certificates, NullLoggerFactory.Instance, CancellationToken.None);
        return world;
    }

    public async Task On(string target, SorryAnswer answer, Func<SorryOrder, SorryOrder>? more = null) =>
        Assert.Null(await Switches.OrderAsync(target, (more ?? (o => o))(new SorryOrder { On = true, Answers = [answer] }), "anna", "moving"));

    public async Task<Socket> ConnectAsync(string? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (from is not null) socket.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Parse(from), 0));
        await socket.ConnectAsync(Http.Bind.ToIPEndPoint());
        return socket;
    }

    /// <summary>Sends octets as they are; returns all that came until the other end closed. A reset is the word RESET.</summary>
    public async Task<string> RawAsync(string octets)
    {
        using var socket = await ConnectAsync();
        await socket.SendAsync(Encoding.Latin1.GetBytes(octets));
        return await ReadAsync(socket);
    }

    public static async Task<string> ReadAsync(Socket socket)
    {
        var said = new StringBuilder();
        var buffer = new byte[8192];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        try
        {
            for (int got; (got = await socket.ReceiveAsync(buffer, limit.Token)) > 0;) said.Append(Encoding.UTF8.GetString(buffer, 0, got));
        }
        catch (SocketException) { said.Append("RESET"); }
        return said.ToString();
    }

    /// <summary>One request with <c>Connection: close</c>.</summary>
    public Task<string> AskAsync(string method, string path, string host, params string[] headers) =>
        RawAsync($"{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n");

    public async ValueTask DisposeAsync()
    {
        if (listener is not null) await listener.DisposeAsync();
        Side.Dispose();
        Switches.Dispose();
        ends.Dispose();
        certificates.Dispose();
        Files.Dispose();
    }
}
