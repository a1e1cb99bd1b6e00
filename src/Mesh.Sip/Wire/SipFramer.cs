using System.Buffers;
using System.Runtime.CompilerServices;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>
/// Cuts a stream into messages (RFC 3261 section 18.3): headers end with an empty line, Content-Length counts the body. One for each connection: it remembers how far it
/// has looked, so that a message that arrives octet by octet is not searched again and again.
/// </summary>
/// <param name="weOpened">We opened the connection: a single CRLF is the answer to our ping, not half of one.</param>
/// <param name="options">Limits.</param>
public sealed class SipFramer(bool weOpened, SipParserOptions? options = null)
{
    private readonly SipParserOptions options = options ?? SipParserOptions.Default;
    private long searched, expected;

    /// <summary>
    /// Reads one thing from the front of <paramref name="input"/> and moves its start behind it; call again until <see cref="SipFrameKind.Incomplete"/>. What is left then
    /// must be handed in again, with more behind it. After <see cref="SipFrameKind.Broken"/> the connection is of no more use.
    /// </summary>
    public SipFrame Read(ref ReadOnlySequence<byte> input)
    {
        if (searched == 0 && ReadLineEnds(ref input) is var ends && ends != SipFrameKind.Message) return new SipFrame(ends);
        if (expected == 0 && FindEnd(input) is { } broken) return broken;
        if (expected == 0 || input.Length < expected) return default;
        var frame = Parse(input.Slice(0, expected));
        input = input.Slice(expected);
        searched = expected = 0;
        return frame;
    }

    /// <summary>Line ends between messages: a ping, a pong, or nothing (section 7.5). Message when something else comes first.</summary>
    private SipFrameKind ReadLineEnds(ref ReadOnlySequence<byte> input)
    {
        Span<byte> front = stackalloc byte[4];
        while (true)
        {
            int length = (int)Math.Min(4, input.Length);
            input.Slice(0, length).CopyTo(front);
            var seen = front[..length];
            if (seen.StartsWith("\r\n\r\n"u8)) { input = input.Slice(4); return SipFrameKind.Ping; }
            if (weOpened && seen.StartsWith("\r\n"u8)) { input = input.Slice(2); return SipFrameKind.Pong; }
            if (length == 0 || "\r\n\r\n"u8.StartsWith(seen)) return SipFrameKind.Incomplete;
            if (seen[0] is not ((byte)'\r' or (byte)'\n')) return SipFrameKind.Message;
            input = input.Slice(1);
        }
    }

    /// <summary>Learns how long the message is once its headers are whole. Not null when that can never be.</summary>
    private SipFrame? FindEnd(in ReadOnlySequence<byte> input)
    {
        var reader = new SequenceReader<byte>(input);
        reader.Advance(Math.Max(0, searched - 3));
        if (!reader.TryReadTo(out ReadOnlySequence<byte> _, "\r\n\r\n"u8))
        {
            searched = input.Length;
            return input.Length > options.MaxHeaderBytes ? Break(input, SipFault.HeadersTooLarge) : null;
        }
        long headers = reader.Consumed;
        if (headers > options.MaxHeaderBytes) return Break(input.Slice(0, headers), SipFault.HeadersTooLarge);
        int? body = BodyLength(input.Slice(0, headers));
        if (body is null) return Break(input.Slice(0, headers), SipFault.None);
        if (body > options.MaxBodyBytes) return Break(input.Slice(0, headers), SipFault.BodyTooLarge);
        searched = headers;
        expected = headers + body.Value;
        return null;
    }

    /// <summary>The one Content-Length; null when there is none, or several, or it is no number.</summary>
    private int? BodyLength(in ReadOnlySequence<byte> headers)
    {
        var octets = ArrayPool<byte>.Shared.Rent((int)headers.Length * 2);
        headers.CopyTo(octets);
        var plain = octets.AsSpan((int)headers.Length);
        plain = plain[..Unfolding.Write(octets.AsSpan(0, (int)headers.Length), (int)headers.Length, plain)];
        int? length = OnlyContentLength(plain);
        ArrayPool<byte>.Shared.Return(octets);
        return length;
    }

    [SkipLocalsInit]
    private int? OnlyContentLength(ReadOnlySpan<byte> headers)
    {
        Span<HeaderLine> lines = stackalloc HeaderLine[256];
        var scanner = new HeaderScanner(headers, lines, options);
        scanner.Scan();
        int? found = null;
        foreach (ref readonly var line in lines[..scanner.Count])
        {
            if (line.Id != HeaderId.ContentLength) continue;
            if (found is not null || !Grammar.TryNumber(headers.Slice(line.ValueStart, line.ValueLength), int.MaxValue, out uint length)) return null;
            found = (int)length;
        }
        return found;
    }

    private SipFrame Break(in ReadOnlySequence<byte> headers, SipFault fault)
    {
        var error = Parse(headers).Error;
        return new SipFrame(SipFrameKind.Broken, null, fault == SipFault.None ? error : error with { Fault = fault });
    }

    private SipFrame Parse(in ReadOnlySequence<byte> whole)
    {
        if (whole.IsSingleSegment) return Parse(whole.FirstSpan);
        var joined = ArrayPool<byte>.Shared.Rent((int)whole.Length);
        whole.CopyTo(joined);
        var frame = Parse(joined.AsSpan(0, (int)whole.Length));
        ArrayPool<byte>.Shared.Return(joined);
        return frame;
    }

    private SipFrame Parse(ReadOnlySpan<byte> whole) => SipParser.TryParse(whole, SipFraming.Stream, options, out var message, out var error)
        ? new SipFrame(SipFrameKind.Message, message)
        : new SipFrame(SipFrameKind.Refused, null, error);
}
