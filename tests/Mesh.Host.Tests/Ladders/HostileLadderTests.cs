using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Mesh.Host.Console;
using Mesh.Host.Ladders;
using Mesh.Host.Ladders.Export;
using Mesh.Host.Ladders.Pages;
using Mesh.Iax2.Wire;

namespace Mesh.Host.Tests.Ladders;

/// <summary>What strangers put into messages reaches no terminal, no page and no diagram as anything but text, and secrets reach none of them.</summary>
public sealed class HostileLadderTests
{
    /// <summary>Markup, terminal escapes, a bell, line ends of other alphabets, a change of direction, broken UTF-8 on the wire and Mermaid's own words.</summary>
    private const string Nasty = "<script>alert(1)</script>\u001b[31m\u0007\u009b2J\u2028\u202eevil\u2066;\nend\n%%{init}%% #quot; \"&amp;--";

    [Fact]
    public void Text_holds_nothing_a_terminal_acts_on()
    {
        string text = LadderText.Write(Hostile());
        Assert.DoesNotContain(text.Where(c => c != '\n'), IsHidden);
        Assert.Contains("\\u001b[31m\\u0007", text, StringComparison.Ordinal);
        // The head, two messages, a step: nobody's line end makes a line.
        Assert.Equal(4, text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public void The_page_is_well_formed_and_has_no_markup_of_theirs()
    {
        var page = LadderPage.Of(Hostile());
        string markup = ConsoleFrame.Write(new ConsoleReader("mesh", "london", null), page);
        string content = markup[markup.IndexOf("<main", StringComparison.Ordinal)..(markup.IndexOf("</main>", StringComparison.Ordinal) + 7)];
        var elements = XElement.Parse(content).Descendants().ToList();
        Assert.DoesNotContain(elements, e => e.Name.LocalName == "script");
        Assert.DoesNotContain(content.Where(c => c != '\n'), IsHidden);
        Assert.Contains("&lt;script&gt;", content, StringComparison.Ordinal);
        Assert.All(elements.SelectMany(e => e.Attributes()), a => Assert.DoesNotMatch("^on|^style$", a.Name.LocalName));
        Assert.Equal(elements.Count(e => e.Attribute("id") is not null), elements.Select(e => e.Attribute("id")?.Value).Where(id => id is not null).Distinct().Count());
    }

    [Fact]
    public void Every_line_of_the_diagram_is_ours()
    {
        string text = LadderMermaid.Write(Hostile());
        Assert.All(text.TrimEnd('\n').Split('\n'), line => Assert.Matches(new Regex(@"^(sequenceDiagram|    participant p\d+ as [^;%]*|    p\d+(->>|-->>|-x)p\d+: ([^;%]|#\d+;)*|    note over p\d+: ([^;%]|#\d+;)*)$"), Regex.Replace(line, @"#\d+;", "")));
        Assert.DoesNotContain("script>", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Authorization: Digest username=\"desk\", realm=\"mesh\", nonce=\"n\", uri=\"sip:b\", response=\"0123456789abcdef\"\r\n", "username=\"desk\"")]
    [InlineData("Proxy-Authorization:\r\n Digest username=\"desk\",\r\n response=0123456789abcdef\r\n", "Proxy-Authorization")]
    [InlineData("AUTHORIZATION: Digest RESPONSE = \"0123456789abcdef\"\r\n", "AUTHORIZATION")]
    [InlineData("Authorization: Basic 0123456789abcdef\r\n", "(hidden)")]
    [InlineData("Authorization: Digest response=\"0123456789abcdef\r\n", "(hidden)")]
    public void Proofs_of_passwords_are_hidden(string header, string shown)
    {
        var ladder = LadderMerge.Merge([Recorded.Site("london", [Recorded.Sip("phone", "desk", Recorded.Message(1, false, Recorded.Request("INVITE sip:b@127.0.0.1 SIP/2.0", header)))])], [], Recorded.Addresses);
        foreach (string form in (string[])[LadderText.Write(ladder), LadderMermaid.Write(ladder), LadderFragment.Write(ladder).Markup, string.Join('\n', ladder.Messages[0].Text)])
            Assert.DoesNotContain("0123456789abcdef", form, StringComparison.Ordinal);
        Assert.Contains(shown, string.Join('\n', ladder.Messages[0].Text), StringComparison.Ordinal);
        Assert.Contains("0123456789abcdef", Encoding.Latin1.GetString(LadderPcap.Write(ladder)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ElementId.Password)]
    [InlineData(ElementId.Md5Result)]
    [InlineData(ElementId.RsaResult)]
    public void So_are_those_of_IAX2_and_keys_of_media(ElementId element)
    {
        byte[] secret = "0123456789abcdef"u8.ToArray();
        var frame = Recorded.Frame(1, IaxCommand.AuthRep, payload: [(byte)element, (byte)secret.Length, .. secret]);
        var invite = Recorded.Request("INVITE sip:b@127.0.0.1 SIP/2.0", body: "v=0\r\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:0123456789abcdef|2^20\r\nk=base64:0123456789abcdef\r\n");
        var ladder = LadderMerge.Merge([Recorded.Site("london", [Recorded.Iax("manchester", Recorded.Message(1, true, frame, Recorded.London, Recorded.Manchester)), Recorded.Sip("phone", "desk", Recorded.Message(2, false, invite))])], [], Recorded.Addresses);
        Assert.All(ladder.Messages, m => Assert.DoesNotContain(m.Text, line => line.Contains("0123456789abcdef", StringComparison.Ordinal)));
        Assert.Equal(3, ladder.Messages.SelectMany(m => m.Text).Count(line => line.Contains("(hidden)", StringComparison.Ordinal)));
    }

    [Fact]
    public void Octets_that_are_no_message_are_shown_all_the_same()
    {
        byte[] rubbish = [0xff, 0xfe, 0, 1, 27, (byte)'[', .. "2J"u8];
        var ladder = LadderMerge.Merge([Recorded.Site("london", [Recorded.Sip("phone", "desk", Recorded.Message(1, false, rubbish)), Recorded.Iax("manchester", Recorded.Message(2, true, [1, 2], Recorded.London, Recorded.Manchester))])], [], Recorded.Addresses);
        Assert.Equal(2, ladder.Messages.Count);
        Assert.DoesNotContain(LadderText.Write(ladder).Where(c => c != '\n'), IsHidden);
    }

    [Fact]
    public void A_huge_call_makes_a_page_and_a_diagram_of_bounded_size()
    {
        var many = Enumerable.Range(0, 20_000).Select(i => Recorded.Message(1_000_000 + i, false, Recorded.Request($"INFO sip:{i}@127.0.0.1 SIP/2.0"))).ToList();
        var ladder = LadderMerge.Merge([Recorded.Site("london", [Recorded.Sip("phone", "desk", many)])], [], Recorded.Addresses);
        Assert.Equal(20_000, ladder.Messages.Count);
        string page = LadderFragment.Write(ladder).Markup;
        Assert.Equal(LadderFragment.MaxRows, Regex.Count(page, "<tr id="));
        Assert.Contains("18000 more rows", page, StringComparison.Ordinal);
        string diagram = LadderMermaid.Write(ladder);
        Assert.InRange(diagram.Length, LadderMermaid.MaxText / 2, LadderMermaid.MaxText + 200);
        Assert.EndsWith("more are not shown\n", diagram, StringComparison.Ordinal);
        Assert.Equal(20_000, Regex.Count(LadderText.Write(ladder), "INFO sip:"));
    }

    private static Ladder Hostile()
    {
        string oneLine = Nasty.Replace("\n", "", StringComparison.Ordinal);
        byte[] sip = Recorded.Request("MESSAGE sip:b@127.0.0.1 SIP/2.0", $"Subject: {oneLine}\r\nX-Nasty: {oneLine}\r\n", Nasty), name = Encoding.UTF8.GetBytes(Nasty);
        byte[] iax = Recorded.Frame(1, IaxCommand.New, payload: [(byte)ElementId.CalledNumber, (byte)name.Length, .. name]);
        return LadderMerge.Merge([Recorded.Site("london",
            [Recorded.Sip("phone", Nasty, Recorded.Message(1, false, sip)), Recorded.Iax("manchester", Recorded.Message(2, true, iax, Recorded.London, Recorded.Manchester))],
            new SiteStep("london-1", 3, Nasty, "plan.csx", 4))], [], Recorded.Addresses);
    }

    private static bool IsHidden(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
