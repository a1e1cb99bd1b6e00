using System.Buffers;
using Mesh.Io;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>
/// Writes messages into one buffer that is used again and again: start a message, add headers in order, finish it with <see cref="Body"/> or <see cref="End"/>, take
/// <see cref="Written"/> before the next start. No strings are made on the way. A value with CR, LF or NUL is refused with <see cref="ArgumentException"/> and leaves
/// nothing behind: a header cannot be smuggled in. Belongs to one loop.
/// </summary>
public sealed class SipWriter(int capacity = 2048)
{
    private readonly OctetBuffer buffer = new(capacity);
    private int valueStart = -1, lineStart;

    /// <summary>The finished message; valid until the next start.</summary>
    public ReadOnlySpan<byte> Written => buffer.Span;

    public byte[] ToArray() => buffer.Span.ToArray();

    public void CopyTo(IBufferWriter<byte> output) => output.Write(buffer.Span);

    /// <summary>Begins a request; the URI is written as it is.</summary>
    public SipWriter StartRequest(SipMethod method, SipText uri)
    {
        Start();
        buffer.Append(method.Octets);
        buffer.Append((byte)' ');
        buffer.Append(uri.Span);
        buffer.Append(" SIP/2.0"u8);
        return EndLine();
    }

    public SipWriter StartRequest(SipMethod method, in SipUri uri) => StartRequest(method, uri.Text);

    /// <summary>Begins a response with the status' own phrase, or <paramref name="phrase"/>.</summary>
    public SipWriter StartResponse(SipStatus status, string? phrase = null)
    {
        Start();
        buffer.Append("SIP/2.0 "u8);
        buffer.Append(status.Code);
        buffer.Append((byte)' ');
        buffer.Append((phrase ?? status.ReasonPhrase).AsSpan());
        return EndLine();
    }

    /// <summary>Begins a response to a request with everything the request decides: Via, From, To, Call-ID, CSeq and what else <see cref="ResponseHeaders"/> copies.</summary>
    public SipWriter StartResponse(SipRequest request, SipStatus status, SipText toTag = default, string? phrase = null)
    {
        StartResponse(status, phrase);
        ResponseHeaders.Write(this, request, request.TopVia, request.ReceivedFrom, status, request.To.Tag.IsPresent ? default : toTag);
        return this;
    }

    /// <summary>Begins the answer to a request that could not be read, with what of it can be given back.</summary>
    public SipWriter StartResponse(UnreadableRequest request, SipStatus status, SipText toTag = default, string? phrase = null)
    {
        StartResponse(status, phrase);
        bool tagged = NameAddress.TryParse(request.Header(HeaderName.To), out var to) && to.Tag.IsPresent;
        ResponseHeaders.Write(this, request, request.TopVia, request.ReceivedFrom, status, tagged ? default : toTag);
        return this;
    }

    public SipWriter Header(HeaderName name, ReadOnlySpan<byte> value) => Begin(name).Append(value).EndHeader();

    public SipWriter Header(HeaderName name, ReadOnlySpan<char> value) => Begin(name).Append(value).EndHeader();

    public SipWriter Header(HeaderName name, string value) => Begin(name).Append(value.AsSpan()).EndHeader();

    public SipWriter Header(HeaderName name, SipText value) => Begin(name).Append(value.Span).EndHeader();

    /// <summary>A value as another message had it. May hold an escaped NUL (a quoted pair), which we do not write ourselves.</summary>
    public SipWriter Copy(HeaderName name, SipText value) => Begin(name).Append(value.Span).EndCopied();

    public SipWriter Header(HeaderName name, long number) => Begin(name).Append(number).EndHeader();

    /// <summary>A top Via of our own; asks for rport (RFC 3581) on UDP's account.</summary>
    public SipWriter Via(ReadOnlySpan<byte> transport, ReadOnlySpan<char> host, int port, ReadOnlySpan<byte> branch)
    {
        Begin(HeaderName.Via).Append("SIP/2.0/"u8).Append(transport).Append(" "u8).AppendHostPort(host, port);
        return Append(";branch="u8).Append(branch).Append(";rport"u8).EndHeader();
    }

    public SipWriter CSeq(uint number, SipMethod method) => Begin(HeaderName.CSeq).Append(number).Append(" "u8).Append(method.Octets).EndHeader();

    /// <summary><c>"display" &lt;uri&gt;;tag=tag</c> for From, To and their like; an absent display or tag is left out.</summary>
    public SipWriter Address(HeaderName name, ReadOnlySpan<char> display, SipText uri, SipText tag = default)
    {
        Begin(name).AppendAddress(display, uri);
        if (tag.IsPresent) Append(";tag="u8).Append(tag.Span);
        return EndHeader();
    }

    /// <summary>Begins a value made of pieces; finish it with <see cref="EndHeader"/>.</summary>
    public SipWriter Begin(HeaderName name)
    {
        if (valueStart >= 0) throw new InvalidOperationException("the header before was not ended");
        lineStart = buffer.Length;
        buffer.Append(name.Octets);
        buffer.Append(": "u8);
        valueStart = buffer.Length;
        return this;
    }

    public SipWriter Append(ReadOnlySpan<byte> piece)
    {
        buffer.Append(piece);
        return this;
    }

    public SipWriter Append(ReadOnlySpan<char> piece)
    {
        buffer.Append(piece);
        return this;
    }

    public SipWriter Append(string piece) => Append(piece.AsSpan());

    public SipWriter Append(long number)
    {
        buffer.Append(number);
        return this;
    }

    /// <summary><c>"display" &lt;uri&gt;</c> inside a value.</summary>
    public SipWriter AppendAddress(ReadOnlySpan<char> display, SipText uri)
    {
        if (!display.IsEmpty) Append(QuotedString.Encode(display)).Append(" "u8);
        return Append("<"u8).Append(uri.Span).Append(">"u8);
    }

    /// <summary><c>host:port</c>, an IPv6 address put in brackets; port 0 is left out.</summary>
    public SipWriter AppendHostPort(ReadOnlySpan<char> host, int port)
    {
        bool bracket = host.Contains(':') && host[0] != '[';
        if (bracket) buffer.Append((byte)'[');
        buffer.Append(host);
        if (bracket) buffer.Append((byte)']');
        if (port == 0) return this;
        buffer.Append((byte)':');
        buffer.Append(port);
        return this;
    }

    public SipWriter EndHeader() => EndValue(received: false);

    /// <summary>Ends a value of another message: see <see cref="Copy"/>.</summary>
    internal SipWriter EndCopied() => EndValue(received: true);

    /// <summary>Content-Type, Content-Length, the empty line and the body.</summary>
    public SipWriter Body(ReadOnlySpan<byte> contentType, ReadOnlySpan<byte> body)
    {
        Header(HeaderName.ContentType, contentType);
        Header(HeaderName.ContentLength, body.Length);
        EndLine();
        buffer.Append(body);
        return this;
    }

    public SipWriter Body(string contentType, ReadOnlySpan<byte> body)
    {
        Header(HeaderName.ContentType, contentType);
        Header(HeaderName.ContentLength, body.Length);
        EndLine();
        buffer.Append(body);
        return this;
    }

    /// <summary>Content-Length 0 and the empty line.</summary>
    public SipWriter End()
    {
        Header(HeaderName.ContentLength, 0L);
        return EndLine();
    }

    private void Start()
    {
        buffer.CutTo(0);
        lineStart = 0;
        valueStart = 0;
    }

    /// <summary>Ends the start line or, called with nothing begun, writes the empty line.</summary>
    private SipWriter EndLine()
    {
        if (valueStart >= 0) return EndHeader();
        buffer.Append("\r\n"u8);
        return this;
    }

    private SipWriter EndValue(bool received)
    {
        if (valueStart < 0) throw new InvalidOperationException("no header was begun");
        var value = buffer.Span[valueStart..];
        int bad = received ? value.IndexOfAny((byte)'\r', (byte)'\n') : value.IndexOfAny((byte)'\r', (byte)'\n', (byte)0);
        valueStart = -1;
        if (bad >= 0)
        {
            buffer.CutTo(lineStart);
            throw new ArgumentException("a header value with CR, LF or NUL is not written");
        }
        buffer.Append("\r\n"u8);
        return this;
    }
}
