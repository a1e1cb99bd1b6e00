using System.Buffers;
using System.Text;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>Cuts octets into lines. A line ends with CRLF and holds no CR, LF or NUL (RFC 5321 section 2.3.8): anything else is read differently by different servers.</summary>
public static class SmtpLines
{
    private static ReadOnlySpan<byte> Marks => "\r\n\0"u8;

    /// <summary>
    /// Takes a line off <paramref name="buffer"/>. True with a line (without CRLF) or with a refusal; false when more is needed.
    /// </summary>
    public static bool TryTake(ref ReadOnlySequence<byte> buffer, int maxOctets, out string line, out SmtpRefusal? refusal)
    {
        line = "";
        refusal = null;
        var reader = new SequenceReader<byte>(buffer);
        if (!reader.TryReadToAny(out ReadOnlySequence<byte> text, Marks, advancePastDelimiter: false))
        {
            if (buffer.Length >= maxOctets) refusal = SmtpRefusal.LongLine;
            return refusal is not null;
        }
        if (text.Length > maxOctets - 2)
        {
            refusal = SmtpRefusal.LongLine;
            return true;
        }
        reader.TryRead(out byte mark);
        if (mark != '\r')
        {
            refusal = SmtpRefusal.BareLineEnd;
            return true;
        }
        if (!reader.TryRead(out byte feed)) return false;
        if (feed != '\n')
        {
            refusal = SmtpRefusal.BareLineEnd;
            return true;
        }
        line = Encoding.Latin1.GetString(text);
        buffer = buffer.Slice(reader.Position);
        return true;
    }
}
