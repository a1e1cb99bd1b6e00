using System.Globalization;
using System.Text;
using Mesh.Host.Sorry.Switches;

namespace Mesh.Host.Sorry.Smtp;

/// <summary>What is said: codes of RFC 5321 section 4.2.2 and RFC 7504, enhanced codes of RFC 3463 and RFC 7505.</summary>
public static class SmtpWords
{
    /// <summary>Octets of a reply line, CRLF included (RFC 5321 section 4.5.3.1.5).</summary>
    public const int LineOctets = 512;

    /// <summary>What a domain is answered with. Without a switch it is told to wait, as it would by a closed port: a switch forgotten loses no mail.</summary>
    public static SmtpReply Of(SorryNotice? notice, string domain) => new(Cut(notice?.Answer switch
    {
        null => $"451 4.4.4 {domain} is not answered for here; try its other mail servers",
        SorryAnswer.Defer => $"450 4.3.2 {domain}{Sentence(notice, "cannot take mail now")}{End(notice)}",
        SorryAnswer.Closing => $"421 4.3.2 {domain}{Sentence(notice, "cannot take mail now")}{End(notice)}",
        SorryAnswer.NoMail => $"556 5.1.10 {domain}{Sentence(notice, "takes no mail")}",
        SorryAnswer.NeverMail => $"521 5.3.2 {domain}{Sentence(notice, "takes no mail")}",
        _ => $"550 5.3.2 {domain}{Sentence(notice, "takes no mail")}",
    }));

    public static SmtpReply Of(SmtpRefusal refusal) => new(refusal switch
    {
        SmtpRefusal.Source => "421 4.7.0 too many connections from your address",
        SmtpRefusal.LongLine => "421 4.5.2 the line is too long",
        SmtpRefusal.BareLineEnd => "421 4.5.2 lines end with CR LF, both, and hold neither",
        SmtpRefusal.BeforeTls => "421 4.5.2 nothing may follow STARTTLS before TLS",
        SmtpRefusal.Commands => "421 4.7.0 too many commands",
        SmtpRefusal.Faults => "421 4.7.0 too many errors",
        SmtpRefusal.Crowded => "421 4.3.2 others are waiting, and nothing was said here for a while",
        SmtpRefusal.Time => "421 4.4.2 that took too long",
        SmtpRefusal.Tls => "421 4.7.0 TLS failed",
        _ => "421 4.5.1 that was not offered",
    });

    /// <summary>SIZE 0: no size is too large for a server that takes nothing (RFC 1870 section 3).</summary>
    public static SmtpReply Features(SmtpScene scene, bool secure)
    {
        List<string> lines = [$"250-{scene.HostName}", "250-PIPELINING", "250-8BITMIME", "250-SIZE 0"];
        if (scene.OffersTls && !secure) lines.Add("250-STARTTLS");
        lines.Add("250 ENHANCEDSTATUSCODES");
        return new SmtpReply(lines);
    }

    /// <summary>SIZE (RFC 1870) and BODY (RFC 6152) of MAIL.</summary>
    public static bool IsKnownParameter(string parameter) =>
        parameter.ToUpperInvariant() switch
        {
            "BODY=7BIT" or "BODY=8BITMIME" => true,
            var size when size.StartsWith("SIZE=", StringComparison.Ordinal) => size.Length is > 5 and <= 25 && size.AsSpan(5).IndexOfAnyExceptInRange('0', '9') < 0,
            _ => false,
        };

    private static string Sentence(SorryNotice notice, string usual) => notice.Message.Length == 0 ? " " + usual : ": " + Ascii(notice.Message);

    private static string End(SorryNotice notice) => notice.Until is { } until ? $" (until {until.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC)" : "";

    // Replies are ASCII unless the client asked for more (RFC 6531): German letters are spelt out, the rest becomes a question mark.
    private static string Ascii(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (char c in text)
            switch (c)
            {
                case 'ä': plain.Append("ae"); break;
                case 'ö': plain.Append("oe"); break;
                case 'ü': plain.Append("ue"); break;
                case 'Ä': plain.Append("Ae"); break;
                case 'Ö': plain.Append("Oe"); break;
                case 'Ü': plain.Append("Ue"); break;
                case 'ß': plain.Append("ss"); break;
                case >= ' ' and <= '~': plain.Append(c); break;
                default: plain.Append(char.IsControl(c) ? ' ' : '?'); break;
            }
        return plain.ToString();
    }

    private static string Cut(string line) => line.Length <= LineOctets - 2 ? line : line[..(LineOctets - 2)];
}
