using System.IO.Pipelines;
using System.Net.Security;
using System.Text;
using Mesh.Host.Sorry.Listening;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>One connection: reads lines, steps the session, writes replies, goes over to TLS once.</summary>
public sealed class SmtpConnection(IDuplexPipe pipe, SmtpServer server)
{
    private PipeReader input = pipe.Input;
    private PipeWriter output = pipe.Output;
    private SmtpState state = new(SmtpPhase.Connected);

    /// <summary>Serves until the session is over. False when the peer did not take what was said to it: the connection is to be aborted.</summary>
    public async Task<bool> ServeAsync(CancellationToken closed)
    {
        using var session = new CancellationTokenSource(server.Options.SessionTime, server.Time);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(session.Token, closed);
        SslStream? tls = null;
        try
        {
            (state, var greeting) = SmtpSession.Greet(server.Scene());
            Say(greeting);
            await output.FlushAsync(late.Token);
            while (state.Phase != SmtpPhase.Closed)
            {
                if (!await TurnAsync(late.Token)) break;
                if (state.Phase == SmtpPhase.Closed || !state.Secure || tls is not null) continue;
                tls = await SecureAsync(late.Token);
            }
            return true;
        }
        catch (OperationCanceledException) when (!closed.IsCancellationRequested)
        {
            server.Counters.Refuse(SmtpRefusal.Time);
            return await FarewellAsync(closed);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            if (state.Secure && !closed.IsCancellationRequested) server.Counters.Refuse(SmtpRefusal.Tls);
            return false;
        }
        finally
        {
            if (tls is not null)
            {
                await output.CompleteAsync();
                await input.CompleteAsync();
                await tls.DisposeAsync();
            }
        }
    }

    // One line at least, then all that came with it, then the replies together (RFC 2920). False at the end of the stream.
    private async Task<bool> TurnAsync(CancellationToken late)
    {
        using var slow = CancellationTokenSource.CreateLinkedTokenSource(late);
        using var line = new CancellationTokenSource(server.Options.LineTime, server.Time);
        await using var ends = line.Token.Register(slow.Cancel);
        for (bool took = false; !took;)
        {
            var read = await input.ReadAsync(slow.Token);
            var buffer = read.Buffer;
            while (state.Phase != SmtpPhase.Closed && SmtpLines.TryTake(ref buffer, server.Options.LineOctets, out string text, out var refusal))
            {
                took = true;
                var reply = refusal is { } why ? Refuse(why) : Answer(text);
                if (reply.StartsTls && buffer.Length > 0) reply = Refuse(SmtpRefusal.BeforeTls);
                Say(reply);
                if (reply.StartsTls) break;
            }
            bool over = state.Phase == SmtpPhase.Closed;
            input.AdvanceTo(over ? read.Buffer.End : buffer.Start, read.Buffer.End);
            if (took) await output.FlushAsync(slow.Token);
            if (read.IsCompleted && (over || !took)) return false;
        }
        return true;
    }

    private SmtpReply Answer(string text)
    {
        (state, var reply) = SmtpSession.Step(state, text, server.Scene());
        if (state.Refusal is { } refusal) server.Counters.Refuse(refusal);
        if (reply.Told is { } told)
        {
            server.Counters.Told(reply.Code);
            server.Report.Add(told, reply.Code);
        }
        return reply;
    }

    private SmtpReply Refuse(SmtpRefusal refusal)
    {
        (state, var reply) = SmtpSession.End(state, refusal);
        server.Counters.Refuse(refusal);
        return reply;
    }

    private async Task<SslStream> SecureAsync(CancellationToken late)
    {
        var tls = new SslStream(new PipeStream(pipe), leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(server.Certificates!.Select, null, late);
        server.Counters.Secure();
        input = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 2048, leaveOpen: true));
        output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
        return tls;
    }

    private async Task<bool> FarewellAsync(CancellationToken closed)
    {
        // What a handshake left half done cannot be spoken on.
        if (state.Secure) return false;
        using var patience = new CancellationTokenSource(server.Options.FarewellTime, server.Time);
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, closed);
        Say(SmtpWords.Of(SmtpRefusal.Time));
        try
        {
            await output.FlushAsync(ends.Token);
            return true;
        }
        catch (OperationCanceledException) { return false; }
    }

    private void Say(SmtpReply reply)
    {
        foreach (string line in reply.Lines)
        {
            var span = output.GetSpan(line.Length + 2);
            int octets = Encoding.Latin1.GetBytes(line, span);
            "\r\n"u8.CopyTo(span[octets..]);
            output.Advance(octets + 2);
        }
    }
}
