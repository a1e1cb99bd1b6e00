using System.Text;
using Mesh.Host.Status.Subscriptions.Mail;
using Mesh.Scenarios;

namespace Mesh.Host.Tests.Status.Subscriptions;

public class LetterTextTests
{
    private static readonly Mailbox From = Box("status@example.org"), To = Box("anna@example.net");

    [Theory]
    [InlineData("plain")]
    [InlineData("Störung in München – alles über die Leitung nach Übersee, und das seit Stunden und noch länger 🙂🙂🙂")]
    [InlineData("one\r\nBcc: everybody@example.org")]
    [InlineData("one\nBcc: everybody@example.org")]
    [InlineData("one\r\n\r\nand a body of its own")]
    [InlineData("=?utf-8?B?SGk=?=")]
    [InlineData("\0\u007f\u2028")]
    [InlineData("")]
    public void Any_subject_arrives_as_it_was_and_as_a_subject_only(string subject)
    {
        var mail = Read(new Letter(To, subject, "1@example.org", "Text."));
        Assert.Equal(subject, mail.Subject);
        Assert.Equal(["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"], mail.Headers.Keys);
        Assert.Equal("Text.\r\n", mail.Text);
    }

    [Theory]
    [InlineData("a\r\nb\n\nc")]
    [InlineData("=3D is not =")]
    [InlineData("ends in a space \nand a tab\t\n.\n..\n.dot")]
    [InlineData("\0\u0001\u001b[31m")]
    public void Any_text_arrives_as_it_was(string text) => Assert.Equal(text.ReplaceLineEndings("\r\n") + "\r\n", Read(new Letter(To, "s", "1@example.org", text)).Text);

    [Fact]
    public void Lines_are_short_and_ASCII_whatever_is_written()
    {
        string text = string.Concat(Enumerable.Repeat("Ein Wort, größer als alle, ", 400)) + new string('x', 5_000) + new string('é', 3_000);
        byte[] octets = LetterText.Write(new Letter(To, text[..500], "1@example.org", text) { Language = "de" }, From, "Größer & Söhne", DateTimeOffset.UnixEpoch);
        string raw = Encoding.Latin1.GetString(octets);
        Assert.All(octets, o => Assert.InRange(o, 1, 126));
        Assert.All(raw.Split("\r\n"), l => Assert.InRange(l.Length, 0, 78));
        Assert.DoesNotContain(raw.Replace("\r\n", "", StringComparison.Ordinal), c => c is '\r' or '\n');
        Assert.Equal(text + "\r\n", new ReceivedMail("", raw, false).Text);
        Assert.Equal(text[..500], new ReceivedMail("", raw, false).Subject);
    }

    [Fact]
    public void A_letter_of_a_thread_says_where_it_belongs_and_how_it_ends()
    {
        var mail = Read(new Letter(To, "s", "2@example.org", "t") { Reference = "1@example.org", Unsubscribe = new Uri("https://status.example.org/en/subscribe/end/abc/") });
        Assert.Equal(("<1@example.org>", "<1@example.org>"), (mail.Headers["References"], mail.Headers["In-Reply-To"]));
        Assert.Equal(("<https://status.example.org/en/subscribe/end/abc/>", "List-Unsubscribe=One-Click"), (mail.Headers["List-Unsubscribe"], mail.Headers["List-Unsubscribe-Post"]));
        Assert.Equal("Thu, 01 Jan 1970 00:00:00 +0000", mail.Headers["Date"]);
        Assert.Equal("Example <status@example.org>", mail.Headers["From"]);
    }

    private static ReceivedMail Read(Letter letter) => new("", Encoding.ASCII.GetString(LetterText.Write(letter, From, "Example", DateTimeOffset.UnixEpoch)), false);

    private static Mailbox Box(string text) => Mailbox.TryParse(text, out var box) ? box : throw new FormatException(text);
}
