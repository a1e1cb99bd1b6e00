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
        bool first = true;
        foreach (var header in request.Headers)
        {
            switch (header.Id)
            {
                case HeaderId.Via when first:
                    first = false;
                    WriteTopVia(writer, header.Value, topVia, from);
                    break;
                case HeaderId.To:
                    writer.Begin(HeaderName.To).Append(header.Value.Span);
                    if (toTag.IsPresent && status.Code > 100) writer.Append(";tag="u8).Append(toTag.Span);
                    writer.EndCopied();
                    break;
                case HeaderId.Via or HeaderId.From or HeaderId.CallId or HeaderId.CSeq:
                case HeaderId.RecordRoute when formsDialog:
                case HeaderId.Timestamp when status.Code == 100:
                    writer.Begin(header.Id).Append(header.Value.Span).EndCopied();
                    break;
            }
        }
    }

    /// <summary>The line of the first Via, which may hold others behind a comma: those stay as they are.</summary>
    private static void WriteTopVia(SipWriter writer, SipText line, in Via via, NetAddress from)
    {
        writer.Begin(HeaderName.Via);
        if (from.IsNone) writer.Append(line.Span).EndCopied();
        else
        {
            var top = via.Text;
            int beforeParameters = via.Parameters.IsEmpty ? top.Length : via.Parameters.Text.Start - top.Start;
            writer.Append(top.Span[..beforeParameters]);
            foreach (var parameter in via.Parameters)
            {
                if (parameter.Name.IsIgnoringCase("received"u8) || parameter.Name.IsIgnoringCase("rport"u8)) continue;
                writer.Append(";"u8).Append(parameter.Name.Span);
                if (parameter.Value.IsPresent) writer.Append("="u8).Append(parameter.Value.Span);
            }
            var address = from.HostText;
            if (via.WantsRport || !IsHost(via.Host, address)) writer.Append(";received="u8).Append(address);
            if (via.WantsRport) writer.Append(";rport="u8).Append(from.Port);
            writer.Append(line.Span[(top.Start + top.Length - line.Start)..]).EndCopied();
        }
    }

    private static bool IsHost(SipText host, string address)
    {
        var octets = host.Span;
        if (octets.Length > 2 && octets[0] == '[') octets = octets[1..^1];
        return System.Text.Ascii.EqualsIgnoreCase(octets, address);
    }
}
