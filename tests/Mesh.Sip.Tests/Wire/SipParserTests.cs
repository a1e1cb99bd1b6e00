using System.Text;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;
using Xunit;
using static Mesh.Sip.Tests.Wire.SampleMessages;

namespace Mesh.Sip.Tests.Wire;

public class SipParserTests
{
    [Fact]
    public void An_INVITE_is_read()
    {
        var invite = (SipRequest)Read(Invite);
        Assert.Equal(SipMethod.Invite, invite.Method);
        Assert.Equal("442079460123", invite.RequestUri.User.ToString());
        Assert.Equal(("87.238.72.129", 5060, true), (invite.TopVia.Host.ToString(), invite.TopVia.Port, invite.TopVia.WantsRport));
        Assert.Equal("as5ed5f1c9", invite.From.Tag.ToString());
        Assert.Equal("5d0c7a2f4b1e4a5c@87.238.72.129", invite.CallId.ToString());
        Assert.True(invite.Lists(HeaderName.Allow, "CANCEL"u8));
        Assert.False(invite.Lists(HeaderName.Allow, "PRACK"u8));
        Assert.True(invite.TryGet(HeaderName.SessionExpires, out SessionExpires timer));
        Assert.Equal(1900u, timer.Seconds);
        Assert.Equal("application/sdp", invite.ContentType.ToString());
        Assert.EndsWith("a=sendrecv\r\n", Encoding.ASCII.GetString(invite.Body.Span));
        Assert.Equal(Invite, invite.Raw.ToArray());
    }

    [Fact]
    public void Line_ends_in_front_are_skipped_and_nothing_else()
    {
        Assert.Equal(Invite, Read([.. "\r\n\r\n"u8, .. Invite]).Raw.ToArray());
        Assert.Equal(SipFault.Empty, Refused([.. "\r\n\r\n"u8]).Fault);
        Assert.Equal(SipFault.Empty, Refused([]).Fault);
        Assert.Equal(SipFault.BadStartLine, Refused([.. " "u8, .. Invite]).Fault);
    }

    [Theory]
    [InlineData("X: a\r\n\tb", "a b")]
    [InlineData("X:\r\n  a  \r\n\t  b  ", "a b")]
    [InlineData("X : a \r\n \r\n b", "a b")]
    [InlineData("X: \"q\r\n  q\"", "\"q q\"")]
    [InlineData("X:", "")]
    [InlineData("X:   \t ", "")]
    public void Folded_lines_are_one(string header, string value)
    {
        var request = Request(header + "\r\nContent-Length: 4", body: "b\r\n c");
        Assert.Equal(value, request.Header(HeaderName.Of("x")).ToString());
        Assert.Equal("b\r\n ", Encoding.ASCII.GetString(request.Body.Span));
    }

    [Theory]
    [InlineData("X: a\nY: b")]
    [InlineData("X: a\rY: b")]
    [InlineData("X: a\r\r")]
    public void A_line_ends_with_CR_and_LF_or_not_at_all(string header)
    {
        var octets = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(Octets("%")).Replace("%", header));
        var error = Refused(octets);
        Assert.Equal(SipFault.BareLineEnd, error.Fault);
        Assert.NotNull(error.Request);
        Assert.DoesNotContain(Enumerate(error.Request), header => header.Value.Span.ContainsAny((byte)'\r', (byte)'\n'));
    }

    private static List<SipHeader> Enumerate(SipHeaders headers)
    {
        var all = new List<SipHeader>();
        foreach (var header in headers.Headers) all.Add(header);
        return all;
    }

    [Theory]
    [InlineData("Max-Forwards: 256", SipFault.BadMaxForwards)]
    [InlineData("Max-Forwards: -1", SipFault.BadMaxForwards)]
    [InlineData("Max-Forwards: 70\nMax-Forwards: 70", SipFault.RepeatedHeader)]
    [InlineData("i: again", SipFault.RepeatedHeader)]
    [InlineData("f: <sip:a@b>", SipFault.RepeatedHeader)]
    [InlineData("Content-Length: 1", SipFault.BodyCutShort)]
    [InlineData("Content-Length: x", SipFault.BadContentLength)]
    [InlineData("Content-Length: 99999999999999999999", SipFault.BadContentLength)]
    [InlineData("no colon", SipFault.BadHeaderLine)]
    [InlineData(": no name", SipFault.BadHeaderLine)]
    [InlineData("na me: x", SipFault.BadHeaderLine)]
    [InlineData("Contact: <sip:a@b>, nonsense", SipFault.BadContact)]
    public void A_bad_header_is_named_and_answered(string header, SipFault fault)
    {
        var error = Refused(Octets(header));
        Assert.Equal((fault, 400), (error.Fault, error.Status.Code));
        Assert.Equal("z9hG4bK1", error.Request!.TopVia.Branch.ToString());
        Assert.Equal("id", error.Request.Header(HeaderName.CallId).ToString());
    }

    [Theory]
    [InlineData("OPTIONS sip:a@b SIP/3.0", SipFault.VersionNotSupported, 505)]
    [InlineData("OPTIONS sip:a@b sip/2.0", SipFault.VersionNotSupported, 505)]
    [InlineData("OPTIONS sip:a@b", SipFault.BadStartLine, 400)]
    [InlineData("OPTIONS", SipFault.BadStartLine, 400)]
    [InlineData("OP(IONS sip:a@b SIP/2.0", SipFault.BadStartLine, 400)]
    [InlineData("OPTIONS sip:a@b SIP/2.x", SipFault.BadStartLine, 400)]
    [InlineData("OPTIONS  SIP/2.0", SipFault.BadRequestUri, 400)]
    [InlineData("OPTIONS nonsense SIP/2.0", SipFault.BadRequestUri, 400)]
    [InlineData("INVITE sip:a@b SIP/2.0", SipFault.MethodMismatch, 400)]
    public void A_bad_start_line_is_answered(string start, SipFault fault, int status)
    {
        var error = Refused(Octets("", start));
        Assert.Equal((fault, status), (error.Fault, error.Status.Code));
        Assert.NotNull(error.Request);
    }

    [Theory]
    [InlineData("SIP/2.0 99 Low")]
    [InlineData("SIP/2.0 700 High")]
    [InlineData("SIP/2.0 20 Short")]
    [InlineData("SIP/2.0 2000 Long")]
    [InlineData("SIP/2.0 2x0 Odd")]
    [InlineData("SIP/2.0  200 OK")]
    [InlineData("SIP/2.0")]
    [InlineData("SIP/1.0 200 OK")]
    public void A_bad_response_is_dropped(string start) => Assert.Null(Refused(Octets("", start)).Request);

    [Fact]
    public void What_cannot_or_must_not_be_answered_is_dropped()
    {
        Assert.Null(Refused("OPTIONS sip:a@b SIP/2.0\r\nFrom: <sip:a@b>\r\n\r\n"u8.ToArray()).Request);
        Assert.Null(Refused(Octets("", "ACK sip:a@b SIP/2.0")).Request);
        Assert.Equal("OPTIONS", ((SipRequest)Read(Octets(""))).Method.ToString());
        Assert.Equal(200, ((SipResponse)Read(Octets("", "SIP/2.0 200"))).Status.Code);
    }

    [Fact]
    public void Limits_are_kept()
    {
        var options = new SipParserOptions { MaxHeaderLines = 8, MaxHeaderBytes = 400, MaxUriBytes = 20 };
        Assert.Equal((SipFault.TooManyHeaders, 513), Answer("A: 1\nB: 2\nC: 3\nD: 4"));
        Assert.Equal((SipFault.HeadersTooLarge, 513), Answer("A: " + new string('x', 400)));
        Assert.Equal((SipFault.UriTooLong, 414), Answer("", $"OPTIONS sip:{new string('a', 20)}@b SIP/2.0"));
        Assert.Equal(SipFault.HeadersTooLarge, Refused(Octets("A: " + new string('x', 65_000))).Fault);
        Assert.Equal(SipFault.BadHeaderLine, Refused(Octets(new string('n', 256) + ": x")).Fault);

        (SipFault, int) Answer(string headers, string start = "OPTIONS sip:a@b SIP/2.0")
        {
            var error = Refused(Octets(headers, start), SipFraming.Datagram, options);
            Assert.NotNull(error.Request);
            return (error.Fault, error.Status.Code);
        }
    }

    [Fact]
    public void Lists_are_split_outside_quotes_and_brackets()
    {
        var request = Request("Contact: \"a,b\" <sip:x,y@z>;p=\"1,2\" , <sip:c@d>\nm: <sip:e@f>\nX-List: a, b");
        var seen = new List<string>();
        foreach (var contact in request.Contacts) seen.Add(contact.Uri.ToString());
        Assert.Equal(["sip:x,y@z", "sip:c@d", "sip:e@f"], seen);
        Assert.Equal(2, request.CountOf(HeaderName.Contact));
        foreach (var value in request.Values(HeaderName.Of("x-list"))) Assert.Equal("a, b", value.ToString());
    }

    [Fact]
    public void Hashes_spread_and_agree()
    {
        var one = (SipRequest)Read(Invite);
        var two = (SipRequest)Read([.. "\r\n"u8, .. Invite]);
        Assert.Equal(one.TopVia.Branch.Hash64(one.CallId.Hash64()), two.TopVia.Branch.Hash64(two.CallId.Hash64()));
        Assert.Equal(one.CallId, two.CallId.Own());
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(i => SipText.From($"z9hG4bK{i}").Hash64()).Distinct().Count());
    }
}
