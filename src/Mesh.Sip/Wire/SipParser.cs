using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>
/// One whole message from octets (RFC 3261 section 7). A message that reads costs three allocations: its octets, the index of its lines, and the message;
/// one that does not read never throws. What is refused, and with which status, is <see cref="SipFault"/>.
/// </summary>
public static class SipParser
{
    private const int MostLines = 256;

    /// <summary>Reads a datagram. Line ends in front of the message are skipped; octets behind the body that Content-Length counted are ignored (section 18.3).</summary>
    public static bool TryParse(ReadOnlySpan<byte> datagram, [NotNullWhen(true)] out SipMessage? message, out SipParseError error) =>
        TryParse(datagram, SipFraming.Datagram, SipParserOptions.Default, out message, out error);

    [SkipLocalsInit]
    public static bool TryParse(ReadOnlySpan<byte> wire, SipFraming framing, SipParserOptions options, [NotNullWhen(true)] out SipMessage? message, out SipParseError error)
    {
        message = null;
        int skipped = wire.Length - wire.TrimStart("\r\n"u8).Length;
        if (skipped == wire.Length) { error = new SipParseError(SipFault.Empty, 0, null); return false; }
        wire = wire[skipped..];
        Span<HeaderLine> lines = stackalloc HeaderLine[MostLines];
        var scanner = new HeaderScanner(wire, lines[..Math.Clamp(options.MaxHeaderLines, 1, MostLines)], options);
        scanner.Scan();
        bool read = scanner.FoldedAt < 0
            ? TryBuild(wire, scanner, lines[..scanner.Count], framing, options, out message, out error)
            : TryUnfolded(wire, scanner, lines, framing, options, out message, out error);
        if (!read) error = error with { Offset = error.Offset + skipped };
        return read;
    }

    private static bool TryUnfolded(ReadOnlySpan<byte> wire, HeaderScanner folded, Span<HeaderLine> lines, SipFraming framing, SipParserOptions options,
        out SipMessage? message, out SipParseError error)
    {
        var joined = ArrayPool<byte>.Shared.Rent(wire.Length);
        var plain = joined.AsSpan(0, Unfolding.Write(wire, folded.HeadersEnd, joined));
        var scanner = new HeaderScanner(plain, lines[..Math.Clamp(options.MaxHeaderLines, 1, MostLines)], options);
        scanner.Scan();
        bool read = TryBuild(plain, scanner, lines[..scanner.Count], framing, options, out message, out error);
        ArrayPool<byte>.Shared.Return(joined);
        return read;
    }

    private static bool TryBuild(ReadOnlySpan<byte> wire, in HeaderScanner scanner, ReadOnlySpan<HeaderLine> lines, SipFraming framing, SipParserOptions options,
        out SipMessage? message, out SipParseError error)
    {
        int end = EndOfMessage(wire, scanner, lines);
        var octets = wire[..end].ToArray();
        var start = StartLine.Read(octets, scanner.StartLineEnd, options);
        var reader = new BaseHeaderReader();
        reader.Read(octets, lines, !start.IsResponse);
        var (fault, at) = FirstFault(start, scanner, reader, octets.Length - scanner.HeadersEnd, framing, options);
        if (fault != SipFault.None)
        {
            message = null;
            bool answerable = !start.IsResponse && reader.Headers.TopVia.IsPresent && start.Method != SipMethod.Ack;
            error = new SipParseError(fault, at, answerable ? new UnreadableRequest(octets, lines.ToArray(), reader.Headers.TopVia) : null);
            return false;
        }
        error = default;
        message = start.IsResponse
            ? new SipResponse(octets, lines.ToArray(), reader.Headers, scanner.HeadersEnd, start.Status, new SipText(octets, start.PhraseStart, scanner.StartLineEnd - start.PhraseStart))
            : new SipRequest(octets, lines.ToArray(), reader.Headers, scanner.HeadersEnd, new SipUri(octets, start.Uri));
        return true;
    }

    /// <summary>Behind what the first Content-Length counts, as far as the octets go; the reader checks it again.</summary>
    private static int EndOfMessage(ReadOnlySpan<byte> wire, in HeaderScanner scanner, ReadOnlySpan<HeaderLine> lines)
    {
        foreach (ref readonly var line in lines)
        {
            if (line.Id != HeaderId.ContentLength) continue;
            int rest = wire.Length - scanner.HeadersEnd;
            return Grammar.TryNumber(wire.Slice(line.ValueStart, line.ValueLength), (uint)rest, out uint length) ? scanner.HeadersEnd + (int)length : wire.Length;
        }
        return wire.Length;
    }

    /// <summary>The fault that decides the answer. The version comes first: a message of another version keeps none of our rules.</summary>
    private static (SipFault, int) FirstFault(in StartLine start, in HeaderScanner scanner, in BaseHeaderReader reader, int bodyLength, SipFraming framing, SipParserOptions options)
    {
        if (start.Fault != SipFault.None) return (start.Fault, start.FaultAt);
        if (scanner.Fault != SipFault.None) return (scanner.Fault, scanner.FaultAt);
        if (reader.Fault != SipFault.None) return (reader.Fault, reader.FaultAt);
        if (!start.IsResponse && reader.Headers.CSeq.Method != start.Method) return (SipFault.MethodMismatch, 0);
        if (reader.ContentLength is not { } length) return (framing == SipFraming.Stream ? SipFault.MissingContentLength : SipFault.None, 0);
        if (length > bodyLength) return (SipFault.BodyCutShort, scanner.HeadersEnd);
        return (framing == SipFraming.Stream && length > options.MaxBodyBytes ? SipFault.BodyTooLarge : SipFault.None, scanner.HeadersEnd);
    }
}
