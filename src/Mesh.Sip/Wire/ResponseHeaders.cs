using System.Text;
using Mesh.Io;
using Mesh.Sip.Messages;

namespace Mesh.Sip.Wire;

/// <summary>
/// What a response takes from its request (RFC 3261 section 8.2.6.2): all Vias in order, the top one with where the request really came from (section 18.2.1,
/// RFC 3581 section 4); From, To with our tag, Call-ID, CSeq; Record-Route where a dialog may form (section 12.1.1); Timestamp in a 100 (section 8.2.6.1).
/// </summary>
internal static class ResponseHeaders
{
    public static void Write(SipWriter writer, SipHeaders request, in Via topVia, NetAddress from, SipStatus status, SipText toTag)
    {
        bool formsDialog = status.Code is > 100 and < 300;
        bool anyVia = false, anyTo = false, anyFrom = false, anyCallId = false, anyCSeq = false;
        foreach (var header in request.Headers)
        {
            // A request that could not be read may have these twice: the first is given back.
            switch (header.Id)
            {
                case HeaderId.Via when !Before(ref anyVia):
                    WriteTopVia(writer, header.Value, topVia, from);
                    break;
                case HeaderId.To when !Before(ref anyTo):
                    writer.Begin(HeaderName.To).Append(header.Value.Span);
                    if (toTag.IsPresent && status.Code > 100) writer.Append(";tag="u8).Append(toTag.Span);
                    writer.EndCopied();
                    break;
                case HeaderId.Via:
                case HeaderId.From when !Before(ref anyFrom):
                case HeaderId.CallId when !Before(ref anyCallId):
                case HeaderId.CSeq when !Before(ref anyCSeq):
                case HeaderId.RecordRoute when formsDialog:
                case HeaderId.Timestamp when status.Code == 100:
                    writer.Copy(header.Id, header.Value);
                    break;
            }
        }
    }

    private static bool Before(ref bool seen)
    {
        bool before = seen;
        seen = true;
        return before;
    }

    /// <summary>The line of the first Via, which may hold others behind a comma: those stay as they are, and so does a Via whose parameters did not read.</summary>
    private static void WriteTopVia(SipWriter writer, SipText line, in Via via, NetAddress from)
    {
        var top = via.Text;
        var rest = line.Span[(top.Start + top.Length - line.Start)..];
        bool isWhole = rest.IsEmpty || rest.TrimStart(" \t"u8).StartsWith(","u8);
        writer.Begin(HeaderName.Via);
        if (from.IsNone || !isWhole)
        {
            writer.Append(line.Span).EndCopied();
            return;
        }
        writer.Append(top.Span[..(via.Parameters.IsEmpty ? top.Length : via.Parameters.Text.Start - top.Start)]);
        foreach (var parameter in via.Parameters)
        {
            if (parameter.Name.IsIgnoringCase("received"u8) || parameter.Name.IsIgnoringCase("rport"u8)) continue;
            writer.Append(";"u8).Append(parameter.Name.Span);
            if (parameter.Value.IsPresent) writer.Append("="u8).Append(parameter.Value.Span);
        }
        AppendSource(writer, via, from);
        writer.Append(rest).EndCopied();
    }

    private static void AppendSource(SipWriter writer, in Via via, NetAddress from)
    {
        Span<byte> address = stackalloc byte[46];
        int length = AddressText.Write(from, address);
        var host = via.Host.Span;
        if (host.Length > 2 && host[0] == '[') host = host[1..^1];
        if (via.WantsRport || !Ascii.EqualsIgnoreCase(host, address[..length])) writer.Append(";received="u8).Append(address[..length]);
        if (via.WantsRport) writer.Append(";rport="u8).Append(from.Port);
    }
}
