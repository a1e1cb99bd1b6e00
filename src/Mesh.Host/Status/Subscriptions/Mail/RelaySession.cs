using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>One connection to the relay, over which any number of letters go: the sending half of RFC 5321, with STARTTLS (RFC 3207) and AUTH PLAIN (RFC 4616).</summary>
public sealed class RelaySession : IAsyncDisposable
{
    private readonly MailConfig mail;
    private readonly RelayOptions options;
    private readonly TimeProvider time;
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private Stream stream = Stream.Null;
    private RelayLines lines;

    private RelaySession(MailConfig mail, RelayOptions options, TimeProvider time)
    {
        (this.mail, this.options, this.time) = (mail, options, time);
        lines = new RelayLines(stream, options);
    }

    public bool IsSecure => stream is SslStream;

    /// <exception cref="RelayException">It cannot be used now.</exception>
    public static async Task<RelaySession> OpenAsync(MailConfig mail, RelayOptions options, TimeProvider time, CancellationToken cancelled)
    {
        var session = new RelaySession(mail, options, time);
        try
        {
            await session.Guarded(session.BeginAsync, options.ConnectTime + (options.ReplyTime * 2), cancelled);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="RelayException">The connection is of no more use; whether the relay has the letter may be unknown.</exception>
    public async Task<Delivery> SendAsync(Letter letter, string name, CancellationToken cancelled)
    {
        var outcome = Delivery.Later;
        await Guarded(async ends => outcome = await SendAsync(letter.To, LetterText.Write(letter, mail.From, name, time.GetUtcNow()), ends), options.ReplyTime, cancelled);
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // A word of goodbye, to a relay that may not be there.
            if (socket.Connected) await stream.WriteAsync("QUIT\r\n"u8.ToArray(), CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or SocketException or ObjectDisposedException or InvalidOperationException) { }
        await stream.DisposeAsync();
        socket.Dispose();
    }

    private async Task BeginAsync(CancellationToken cancelled)
    {
        await socket.ConnectAsync(mail.Relay.Host.Trim('[', ']'), mail.Relay.Port == 0 ? 25 : mail.Relay.Port, cancelled);
        Use(new NetworkStream(socket, ownsSocket: false));
        Expect(await lines.ReadAsync(cancelled), "the greeting");
        var offers = await HelloAsync(cancelled);
        if (mail.StartTls != StartTls.Off && offers.Offer("STARTTLS") is not null)
        {
            await SecureAsync(cancelled);
            offers = await HelloAsync(cancelled);
        }
        else if (mail.StartTls == StartTls.Required) throw new RelayException("it offers no STARTTLS, which is required");
        if (mail.User.Length > 0) await LogInAsync(offers, cancelled);
    }

    private async Task<RelayReply> HelloAsync(CancellationToken cancelled)
    {
        var reply = await CommandAsync($"EHLO {mail.From.Domain}", cancelled);
        if (reply.Code == 502 || reply.Code == 500) reply = await CommandAsync($"HELO {mail.From.Domain}", cancelled);
        Expect(reply, "EHLO");
        return reply;
    }

    private async Task SecureAsync(CancellationToken cancelled)
    {
        Expect(await CommandAsync("STARTTLS", cancelled), "STARTTLS");
        // What came before TLS began was put there by somebody on the way.
        if (lines.HasMore) throw new RelayException("it said something between STARTTLS and TLS");
        var tls = new SslStream(stream, leaveInnerStreamOpen: false);
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = mail.Relay.Host,
            // What is only offered keeps out those who listen: without it the mail would go in clear.
            RemoteCertificateValidationCallback = mail.StartTls == StartTls.Required ? options.Certificate : static (_, _, _, _) => true,
        }, cancelled);
        Use(tls);
    }

    private async Task LogInAsync(RelayReply offers, CancellationToken cancelled)
    {
        if (offers.Offer("AUTH")?.Split(' ').Contains("PLAIN", StringComparer.OrdinalIgnoreCase) != true) throw new RelayException("it does not offer AUTH PLAIN");
        string credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes($"\0{mail.User}\0{mail.Password?.Reveal()}"));
        Expect(await CommandAsync($"AUTH PLAIN {credentials}", cancelled), "our name and password");
    }

    private async Task<Delivery> SendAsync(Mailbox to, byte[] letter, CancellationToken cancelled)
    {
        Expect(await CommandAsync($"MAIL FROM:<{mail.From}>", cancelled), "our sender's address");
        var recipient = await CommandAsync($"RCPT TO:<{to}>", cancelled);
        if (recipient.Code == 421) throw new RelayException("it closes the connection (421)");
        if (!recipient.IsPositive)
        {
            Expect(await CommandAsync("RSET", cancelled), "RSET");
            return recipient.IsFinal ? Delivery.Refused : Delivery.Later;
        }
        var data = await CommandAsync("DATA", cancelled);
        if (data.Code != 354) throw new RelayException($"it takes no data ({data.Code})");
        await stream.WriteAsync(Stuffed(letter), cancelled);
        await stream.FlushAsync(cancelled);
        var taken = await lines.ReadAsync(cancelled);
        return taken.IsPositive ? Delivery.Taken : taken.IsFinal ? Delivery.Refused : Delivery.Later;
    }

    // RFC 5321 section 4.5.2: a line that begins with a dot gets another; a dot alone ends the letter.
    private static byte[] Stuffed(byte[] letter)
    {
        var stuffed = new List<byte>(letter.Length + 16);
        for (int i = 0; i < letter.Length; i++)
        {
            if (letter[i] == '.' && (i == 0 || letter[i - 1] == '\n')) stuffed.Add((byte)'.');
            stuffed.Add(letter[i]);
        }
        stuffed.AddRange(".\r\n"u8);
        return [.. stuffed];
    }

    private async Task<RelayReply> CommandAsync(string line, CancellationToken cancelled)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancelled);
        await stream.FlushAsync(cancelled);
        return await lines.ReadAsync(cancelled);
    }

    private static void Expect(RelayReply reply, string what)
    {
        if (!reply.IsPositive) throw new RelayException($"it refuses {what} ({reply.Code})");
    }

    private void Use(Stream next)
    {
        stream = next;
        lines = new RelayLines(next, options);
    }

    private async Task Guarded(Func<CancellationToken, Task> what, TimeSpan limit, CancellationToken cancelled)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancelled);
        try { await what(either.Token); }
        catch (OperationCanceledException) when (!cancelled.IsCancellationRequested) { throw new RelayException("it does not answer"); }
        catch (Exception e) when (e is IOException or SocketException) { throw new RelayException(e.Message, e); }
        catch (AuthenticationException e) { throw new RelayException("its certificate or TLS is not to be trusted", e); }
    }
}
