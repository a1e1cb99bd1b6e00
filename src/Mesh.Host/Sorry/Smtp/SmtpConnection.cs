using System.IO.Pipelines;
using System.Net.Security;
using System.Text;
using Mesh.Host.Listening;
using Mesh.Host.Sorry.Listening;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>One connection: reads lines, steps the session, writes replies, goes over to TLS once. Its times are the room's: when one is over, what it waits for is cancelled.</summary>
public sealed class SmtpConnection(IDuplexPipe pipe, SmtpServer server, RoomPlace place)
{
    private PipeReader input = pipe.Input;
    private PipeWriter output = pipe.Output;
    private SmtpState state = new(SmtpPhase.Connected);
    private volatile bool isFlushing, isLate;
    private LeaveReason leaving;

    /// <summary>Serves until the session is over. False when the peer did not take what was said to it: the connection is to be aborted.</summary>
    public async Task<bool> ServeAsync()
    {
        SslStream? tls = null;
        place.OnLeave(Leave);
        try
        {
            (state, var greeting) = SmtpSession.Greet(server.Scene());
            Say(greeting);
            bool isTaken = await FlushAsync();
            while (isTaken && state.Phase != SmtpPhase.Closed)
            {
                if (await TurnAsync() is not { } flushed) break;
                isTaken = flushed;
                if (state.Phase == SmtpPhase.Closed || !state.Secure || tls is not null) continue;
                tls = await SecureAsync();
            }
            return isTaken;
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException or InvalidOperationException)
        {
            // What a handshake left half done cannot be spoken on.
            if (isLate) server.Counters.Refuse(Refusal);
            else if (state.Secure) server.Counters.Refuse(SmtpRefusal.Tls);
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

    private SmtpRefusal Refusal => leaving == LeaveReason.Late ? SmtpRefusal.Time : SmtpRefusal.Crowded;

    // From any thread.
    private void Leave(LeaveReason why)
    {
        leaving = why;
        isLate = true;
        input.CancelPendingRead();
        if (isFlushing) output.CancelPendingFlush();
    }

    // One line at least, then all that came with it, then the replies together (RFC 2920). Null at the end of the stream; false when the replies were not taken.
    private async Task<bool?> TurnAsync()
    {
        while (true)
        {
            var read = await input.ReadAsync();
            var buffer = read.Buffer;
            bool took = false;
            while (state.Phase != SmtpPhase.Closed && !isLate && SmtpLines.TryTake(ref buffer, server.Options.LineOctets, out string text, out var refusal))
            {
                took = true;
                var reply = refusal is { } why ? Refuse(why) : Answer(text);
                if (reply.StartsTls && buffer.Length > 0) reply = Refuse(SmtpRefusal.BeforeTls);
                Say(reply);
                if (reply.StartsTls) break;
            }
            if (isLate && state.Phase != SmtpPhase.Closed)
            {
                took = true;
                Say(Refuse(Refusal));
            }
            bool over = state.Phase == SmtpPhase.Closed;
            input.AdvanceTo(over ? read.Buffer.End : buffer.Start, read.Buffer.End);
            if (read.IsCompleted && !took) return null;
            if (!took) continue;
            bool flushed = await FlushAsync();
            place.Step();
            return read.IsCompleted && over ? null : flushed;
        }
    }

    private async ValueTask<bool> FlushAsync()
    {
        isFlushing = true;
        var flush = await output.FlushAsync();
        isFlushing = false;
        if (flush.IsCanceled) server.Counters.Refuse(Refusal);
        return !flush.IsCanceled && !flush.IsCompleted;
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

    private async Task<SslStream> SecureAsync()
    {
        var tls = new SslStream(new PipeStream(pipe), leaveInnerStreamOpen: true);
        await tls.AuthenticateAsServerAsync(server.Certificates!.Select, null);
        server.Counters.Secure();
        place.Step();
        input = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 2048, leaveOpen: true));
        output = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
        return tls;
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
