using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Mesh.Scenarios;

/// <summary>A mail server for tests, on a real socket: takes letters and keeps them, or does what real ones do when they are in a bad mood. It speaks RFC 5321 strictly: a bare line feed ends the connection.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly List<ReceivedMail> received = [];
    private readonly List<string> commands = [];
    private readonly CancellationTokenSource stop = new();
    private readonly List<Task> sessions = [];
    private readonly TaskCompletionSource released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IPEndPoint endpoint;
    private TcpListener listener;
    private Task accepting = Task.CompletedTask;
    private int taken;

    public MailSink(string address, int port = 0)
    {
        listener = new TcpListener(IPAddress.Parse(address), port);
        Open();
        endpoint = (IPEndPoint)listener.LocalEndpoint;
    }

    /// <summary>Offers STARTTLS.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Offers AUTH PLAIN with this user and password, and takes no mail without.</summary>
    public (string User, string Password)? Account { get; set; }

    /// <summary>The code and text RCPT is answered with; null: taken.</summary>
    public Func<string, string?> Recipient { get; set; } = static _ => null;

    /// <summary>What is said right behind the 220 to STARTTLS, as somebody in the middle would.</summary>
    public string BeforeTls { get; set; } = "";

    /// <summary>Closes the connection instead of answering the DATA of a letter after so many.</summary>
    public int? BreakAfter { get; set; }

    /// <summary>After so many letters the next is not answered until <see cref="Release"/>.</summary>
    public int? HoldAfter { get; set; }

    public int Port => endpoint.Port;

    public IReadOnlyList<ReceivedMail> Received { get { lock (received) return [.. received]; } }

    public IReadOnlyList<string> Commands { get { lock (received) return [.. commands]; } }

    public void Release() => released.TrySetResult();

    /// <summary>Listens no more; what is connected stays.</summary>
    public void Close() => listener.Stop();

    /// <summary>Listens again at the same port.</summary>
    public void Reopen()
    {
        listener = new TcpListener(endpoint);
        Open();
    }

    /// <summary>Waits until so many letters are there.</summary>
    public async Task<IReadOnlyList<ReceivedMail>> WaitAsync(int count)
    {
        for (int i = 0; i < 1_200 && Received.Count < count; i++) await Task.Delay(50);
        return Received.Count >= count ? Received : throw new TimeoutException($"{Received.Count} mails instead of {count}: {string.Join(" | ", Commands.TakeLast(12))}");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        Release();
        listener.Stop();
        await accepting;
        await Task.WhenAll(sessions);
        stop.Dispose();
    }

    private void Open()
    {
        listener.Start();
        accepting = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener here)
    {
        try
        {
            while (true) sessions.Add(ServeAsync(await here.AcceptTcpClientAsync(stop.Token)));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException) { }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Stream stream = client.GetStream();
        bool secure = false, known = Account is null;
        string? to = null;
        async Task Say(string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), stop.Token);
        try
        {
            await Say("220 sink.example ESMTP");
            while (await LineAsync(stream) is { } line)
            {
                lock (received) commands.Add(line);
                string verb = line.Split(' ')[0].ToUpperInvariant();
                if (verb == "EHLO")
                {
                    await Say("250-sink.example");
                    if (Certificate is not null && !secure) await Say("250-STARTTLS");
                    if (Account is not null) await Say("250-AUTH PLAIN LOGIN");
                    await Say("250 8BITMIME");
                }
                else if (verb == "STARTTLS" && Certificate is { } certificate)
                {
                    await Say("220 go" + (BeforeTls.Length > 0 ? "\r\n" + BeforeTls : ""));
                    var tls = new SslStream(stream);
                    await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate }, stop.Token);
                    (stream, secure) = (tls, true);
                }
                else if (verb == "AUTH")
                {
                    known = Account is { } account && line == "AUTH PLAIN " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{account.User}\0{account.Password}"));
                    await Say(known ? "235 welcome" : "535 5.7.8 no");
                }
                else if (!known) await Say("530 5.7.0 who are you");
                else if (verb == "MAIL") await Say("250 ok");
                else if (verb == "RCPT")
                {
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..^1];
                    await Say(Recipient(to) ?? "250 ok");
                }
                else if (verb == "DATA")
                {
                    if (taken >= BreakAfter) return;
                    await Say("354 go on");
                    string letter = await LetterAsync(stream);
                    if (taken >= HoldAfter) await released.Task;
                    if (stop.IsCancellationRequested) return;
                    lock (received) received.Add(new ReceivedMail(to!, letter, secure));
                    taken++;
                    await Say("250 taken");
                }
                else if (verb == "QUIT")
                {
                    await Say("221 bye");
                    return;
                }
                else await Say(verb is "RSET" or "NOOP" ? "250 ok" : "502 what");
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException or ObjectDisposedException) { }
        finally
        {
            await stream.DisposeAsync();
            client.Dispose();
        }
    }

    private async Task<string> LetterAsync(Stream stream)
    {
        var text = new StringBuilder();
        while (await LineAsync(stream) is { } line && line != ".") text.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        return text.ToString();
    }

    // Octet by octet, so that nothing of TLS is read as a line.
    private async Task<string?> LineAsync(Stream stream)
    {
        var line = new List<byte>();
        byte[] one = new byte[1];
        while (await stream.ReadAsync(one, stop.Token) == 1)
        {
            if (one[0] == '\n') return line.Count > 0 && line[^1] == '\r' ? Encoding.UTF8.GetString([.. line[..^1]]) : throw new IOException("a bare line feed");
            line.Add(one[0]);
        }
        return null;
    }
}
