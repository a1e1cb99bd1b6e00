using System.Text;
using System.Text.RegularExpressions;

namespace Mesh.Scenarios;

/// <summary>A letter as a mail server got it.</summary>
/// <param name="To">Of RCPT.</param>
/// <param name="Raw">With CRLF, dots unstuffed.</param>
/// <param name="Secure">It came over TLS.</param>
public sealed record ReceivedMail(string To, string Raw, bool Secure)
{
    /// <summary>Unfolded; a header that is there twice is a fault.</summary>
    public IReadOnlyDictionary<string, string> Headers => Regex.Replace(Raw[..Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal)], "\r\n[ \t]", " ").Split("\r\n")
        .ToDictionary(static h => h[..h.IndexOf(':', StringComparison.Ordinal)], static h => h[(h.IndexOf(':', StringComparison.Ordinal) + 2)..], StringComparer.OrdinalIgnoreCase);

    /// <summary>Encoded words are read by the framework's own decoder of RFC 2047.</summary>
    public string Subject => Headers["Subject"] is var written && written.StartsWith("=?", StringComparison.Ordinal)
        ? string.Concat(written.Split(' ').Select(static w => System.Net.Mail.Attachment.CreateAttachmentFromString("", w).Name)) : written;

    /// <summary>Quoted-printable undone.</summary>
    public string Text
    {
        get
        {
            string body = Raw[(Raw.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..].Replace("=\r\n", "", StringComparison.Ordinal);
            return Encoding.UTF8.GetString([.. Regex.Matches(body, "=([0-9A-F]{2})|.|\n", RegexOptions.Singleline).Select(static m => m.Groups[1].Success ? Convert.ToByte(m.Groups[1].Value, 16) : (byte)m.Value[0])]);
        }
    }

    /// <summary>The first link of the text that has these words in it.</summary>
    public string Link(string words) => Regex.Match(Text, $@"https?://\S*{Regex.Escape(words)}\S*").Value;
}
