using System.Globalization;
using System.Text;

namespace Mesh.Host.Status.Subscriptions.Mail;

/// <summary>A letter as RFC 5322 and 2045 have it: lines of at most 78 octets, ASCII only, CRLF. A line feed in a subject cannot make a header of its own: it is encoded, as all that is not plain is.</summary>
public static class LetterText
{
    /// <param name="from">Whose mail it is; only <paramref name="name"/> is shown by most readers.</param>
    public static byte[] Write(Letter letter, Mailbox from, string name, DateTimeOffset now)
    {
        var text = new StringBuilder();
        Header(text, "From", $"{EncodedWord.Phrase(name)}\r\n <{from}>");
        Header(text, "To", $"<{letter.To}>");
        Header(text, "Subject", EncodedWord.Text(letter.Subject));
        Header(text, "Date", now.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000");
        Header(text, "Message-ID", $"<{letter.MessageId}>");
        if (letter.Reference is { } reference)
        {
            Header(text, "In-Reply-To", $"<{reference}>");
            Header(text, "References", $"<{reference}>");
        }
        if (letter.Unsubscribe is { } unsubscribe)
        {
            Header(text, "List-Unsubscribe", $"<{unsubscribe.AbsoluteUri}>");
            Header(text, "List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        // Nobody's holiday replies to it: RFC 3834.
        Header(text, "Auto-Submitted", "auto-generated");
        Header(text, "Content-Language", letter.Language);
        Header(text, "MIME-Version", "1.0");
        Header(text, "Content-Type", "text/plain; charset=utf-8");
        Header(text, "Content-Transfer-Encoding", "quoted-printable");
        text.Append("\r\n").Append(QuotedPrintable.Encode(letter.Text));
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void Header(StringBuilder text, string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
}
