using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Mesh.Host.Config.Model;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Smtp;
using Mesh.Host.Sorry.Switches;
using Microsoft.Extensions.Logging.Abstractions;

namespace Mesh.Host.Tests.Sorry.Smtp;

/// <summary>Sorry over SMTP on a real socket, with switches for a test.</summary>
public sealed class SmtpWorld : IAsyncDisposable
{
    private readonly Certificates files = new("mx.example");
    private readonly CertificateFolder certificates;
    private SmtpListener? listener;

    private SmtpWorld(string address, SmtpOptions options, PublicOptions shared)
    {
        Side = new PublicSide(shared, TimeProvider.System);
        Listen = FreePort.On(address, "smtp");
        certificates = new CertificateFolder(files.Folder, TimeProvider.System);
        Switches = new SorrySwitches(new MemoryJournal(TimeProvider.System), TimeProvider.System);
        Server = new SmtpServer(Switches, TimeProvider.System, "sorry.example", certificates, options);
    }

    public PublicSide Side { get; }

    public ListenAddress Listen { get; }

    public SorrySwitches Switches { get; }

    public SmtpServer Server { get; }

    public static async Task<SmtpWorld> StartAsync(string address, SmtpOptions? options = null, PublicOptions? shared = null)
    {
        var world = new SmtpWorld(address, options ?? new SmtpOptions(), shared ?? new PublicOptions());
        world.listener = await SmtpListener.StartAsync(world.Server, world.Side, world.Listen, NullLoggerFactory.Instance, CancellationToken.None);
        return world;
    }

    public async Task On(string target, SorryAnswer answer, string message = "") => Assert.Null(await Switches.OrderAsync(
        target, new SorryOrder { On = true, Answers = [answer], Message = message, Until = answer.IsSoft() ? DateTimeOffset.UtcNow.AddHours(2) : null }, "anna", "moving"));

    public async Task<Socket> ConnectAsync(string? from = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 30_000 };
        if (from is not null) socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(Listen.Bind.ToIPEndPoint());
        return socket;
    }

    /// <summary>Sends octets as they are and returns all that was said until the other end closed, or, with <paramref name="stop"/>, until that was said.</summary>
    public async Task<string> RawAsync(string octets, string? stop = null)
    {
        using var socket = await ConnectAsync();
        await ReadAsync(socket, "220");
        await socket.SendAsync(Encoding.Latin1.GetBytes(octets));
        return await ReadAsync(socket, stop);
    }

    public static async Task<string> ReadAsync(Socket socket, string? stop)
    {
        var said = new StringBuilder();
        var buffer = new byte[4096];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        while (stop is null || !said.ToString().Contains(stop, StringComparison.Ordinal) || said[^1] != '\n')
        {
            int got;
            try { got = await socket.ReceiveAsync(buffer, limit.Token); }
            catch (SocketException) { break; }
            if (got == 0) break;
            said.Append(Encoding.Latin1.GetString(buffer, 0, got));
        }
        return said.ToString();
    }

    /// <summary>Sends mail as swaks does; returns its exit code and the transcript.</summary>
    public async Task<(int ExitCode, string Transcript)> SwaksAsync(params string[] arguments)
    {
        Assert.True(File.Exists("/usr/bin/swaks"), "/usr/bin/swaks is not here: apt-get install swaks libio-socket-ssl-perl (./test.sh does it as root)");
        var start = new ProcessStartInfo("/usr/bin/swaks", ["--server", $"{Listen.Address}:{Listen.Port}", "--ehlo", "client.example", "--from", "anna@else.example", "--timeout", "30", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output + await error);
    }

    public async ValueTask DisposeAsync()
    {
        if (listener is not null) await listener.DisposeAsync();
        Side.Dispose();
        Switches.Dispose();
        certificates.Dispose();
        files.Dispose();
    }
}
