using System.Globalization;
using System.Text;

namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>Reads replies off a stream, within limits.</summary>
public sealed class RelayLines(Stream stream, RelayOptions options)
{
    private readonly byte[] buffer = new byte[4096];
    private int start, end;

    /// <summary>Something came that nobody has read.</summary>
    public bool HasMore => end > start;

    /// <exception cref="RelayException">What came is no reply.</exception>
    public async Task<RelayReply> ReadAsync(CancellationToken cancelled)
    {
        var lines = new List<string>();
        while (lines.Count < options.ReplyLines)
        {
            string line = await LineAsync(cancelled);
            if (line.Length < 3 || !int.TryParse(line.AsSpan(0, 3), NumberStyles.None, CultureInfo.InvariantCulture, out int code) || code is < 200 or > 599) throw new RelayException("it does not speak SMTP");
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (line.Length == 3 || line[3] != '-') return new RelayReply(code, lines);
        }
        throw new RelayException("a reply is too long");
    }

    private async Task<string> LineAsync(CancellationToken cancelled)
    {
        var line = new List<byte>();
        while (line.Count <= options.LineOctets)
        {
            if (start == end)
            {
                (start, end) = (0, await stream.ReadAsync(buffer, cancelled));
                if (end == 0) throw new RelayException("it closed the connection");
            }
            byte octet = buffer[start++];
            if (octet == '\n') return Encoding.Latin1.GetString([.. line]).TrimEnd('\r');
            line.Add(octet);
        }
        throw new RelayException("a line of its reply is too long");
    }
}
