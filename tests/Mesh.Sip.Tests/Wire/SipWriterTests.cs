using System.Buffers;
using System.Text;
using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Wire;

public class SipWriterTests
{
    private readonly SipWriter writer = new(16);

    private string Text => Encoding.UTF8.GetString(writer.Written);

    [Fact]
    public void A_request_is_written_as_the_RFC_shows_it()
    {
        writer.StartRequest(SipMethod.Invite, SipUri.Parse("sip:bob@biloxi.com"))
            .Via("UDP"u8, "2001:db8::1", 5060, "z9hG4bKnashds8"u8)
            .Header(HeaderName.MaxForwards, 70)
            .Address(HeaderName.To, default, "sip:bob@biloxi.com")
            .Address(HeaderName.From, "Ali\"ce", "sip:alice@atlanta.com", "88sja8x")
            .Header(HeaderName.CallId, "987asjd97y7atg")
            .CSeq(986759, SipMethod.Invite)
            .Header(HeaderName.Of("X-Thing"), "é"u8)
            .Body("application/sdp", "v=0\r\n"u8);
        Assert.Equal("""
            INVITE sip:bob@biloxi.com SIP/2.0
            Via: SIP/2.0/UDP [2001:db8::1]:5060;branch=z9hG4bKnashds8;rport
            Max-Forwards: 70
            To: <sip:bob@biloxi.com>
            From: "Ali\"ce" <sip:alice@atlanta.com>;tag=88sja8x
            Call-ID: 987asjd97y7atg
            CSeq: 986759 INVITE
            X-Thing: é
            Content-Type: application/sdp
            Content-Length: 5

            v=0

            """.ReplaceLineEndings("\r\n"), Text);
        Assert.Equal(SipMethod.Invite, ((SipRequest)SampleMessages.Read(writer.ToArray())).Method);
    }

    [Theory]
    [InlineData("87.238.72.129:5060", ";branch=z9hG4bK3f1a.7d2b8c;received=87.238.72.129;rport=5060")]
    [InlineData("10.9.8.7:1234", ";branch=z9hG4bK3f1a.7d2b8c;received=10.9.8.7;rport=1234")]
    [InlineData("[2001:db8::9]:1234", ";branch=z9hG4bK3f1a.7d2b8c;received=2001:db8::9;rport=1234")]
    public void A_response_goes_back_the_way_the_request_came(string from, string via)
    {
        var invite = (SipRequest)SampleMessages.Read(SampleMessages.Invite);
        invite.ReceivedFrom = NetAddress.Parse(from);
        writer.StartResponse(invite, SipStatus.Ringing, "ours").End();
        Assert.Equal($"""
            SIP/2.0 180 Ringing
            Record-Route: <sip:87.238.72.129;lr>
            Via: SIP/2.0/UDP 87.238.72.129:5060{via}
            Via: SIP/2.0/UDP 10.20.30.40:5060;branch=z9hG4bK776asdhds
            From: "07700900123" <sip:07700900123@87.238.72.129>;tag=as5ed5f1c9
            To: <sip:+442079460123@carrier.example>;tag=ours
            Call-ID: 5d0c7a2f4b1e4a5c@87.238.72.129
            CSeq: 102 INVITE
            Content-Length: 0


            """.ReplaceLineEndings("\r\n"), Text);
    }

    [Theory]
    [InlineData("SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK2", "SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK2")]
    [InlineData("SIP/2.0/UDP host;branch=z9hG4bK2", "SIP/2.0/UDP host;branch=z9hG4bK2;received=10.0.0.1")]
    [InlineData("SIP/2.0/UDP host;rport=1;received=6.6.6.6;x", "SIP/2.0/UDP host;x;received=10.0.0.1;rport=5070")]
    [InlineData("SIP/2.0/UDP host , SIP/2.0/UDP other;received=1.2.3.4", "SIP/2.0/UDP host;received=10.0.0.1 , SIP/2.0/UDP other;received=1.2.3.4")]
    [InlineData("SIP/2.0/TCP [2001:db8::1]:5060;branch=x", "SIP/2.0/TCP [2001:db8::1]:5060;branch=x;received=10.0.0.1")]
    public void The_top_Via_says_where_the_request_came_from(string sent, string back)
    {
        var octets = Encoding.ASCII.GetBytes(Encoding.ASCII.GetString(SampleMessages.Octets("")).Replace("SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1", sent));
        var request = (SipRequest)SampleMessages.Read(octets);
        request.ReceivedFrom = NetAddress.Parse("10.0.0.1:5070");
        writer.StartResponse(request, 200, "t").End();
        Assert.Contains($"\r\nVia: {back}\r\n", Text);
    }

    [Fact]
    public void What_a_response_copies_depends_on_its_status()
    {
        var request = SampleMessages.Request("Record-Route: <sip:r;lr>\nTimestamp: 54", body: "");
        Assert.Contains("Timestamp: 54\r\n", Response(100));
        Assert.DoesNotContain("tag=t", Response(100));
        Assert.DoesNotContain("Record-Route", Response(100));
        Assert.DoesNotContain("Timestamp", Response(180));
        Assert.Contains("Record-Route: <sip:r;lr>\r\n", Response(200));
        Assert.Contains("To: <sip:c@d>;tag=t\r\n", Response(404));
        Assert.DoesNotContain("Record-Route", Response(404));

        string Response(int status)
        {
            writer.StartResponse(request, status, "t").End();
            return Text;
        }
    }

    [Theory]
    [InlineData("a\r\nX-Evil: 1")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\0b")]
    public void A_header_cannot_be_smuggled_in(string value)
    {
        writer.StartResponse(200);
        string before = Text;
        Assert.Throws<ArgumentException>(() => writer.Header(HeaderName.Subject, value));
        Assert.Throws<ArgumentException>(() => writer.Address(HeaderName.To, default, value));
        Assert.Throws<ArgumentException>(() => writer.Begin(HeaderName.Subject).Append("x").Append(value).EndHeader());
        Assert.Equal(before, Text);
        writer.Header(HeaderName.Subject, "good").End();
        Assert.EndsWith("Subject: good\r\nContent-Length: 0\r\n\r\n", Text);
        Assert.Throws<ArgumentException>(() => writer.StartRequest(SipMethod.Invite, SipText.From(value)));
        Assert.Throws<ArgumentException>(() => writer.StartResponse(200, value));
    }

    [Fact]
    public void An_escaped_NUL_is_given_back_as_it_came()
    {
        var request = (SipRequest)SampleMessages.Read(Rfc4475Valid.Intmeth);
        writer.StartResponse(request, 405, "t").End();
        Assert.Equal("BEL:\a NUL:\0 DEL:\u007f", SampleMessages.Read(writer.ToArray()).To.DisplayText);
    }

    [Fact]
    public void A_message_written_again_header_by_header_is_the_same()
    {
        foreach (var row in Rfc4475Messages.All)
        {
            if (!SipParser.TryParse(row.Octets, out var message, out _) || message is not SipRequest request) continue;
            writer.StartRequest(request.Method, request.RequestUri);
            foreach (var header in request.Headers)
                writer.Copy(header.Id != HeaderId.Unknown ? header.Id : HeaderName.Of(header.Name.Span), header.Value);
            if (row.Name == "inv2543") writer.Header(HeaderName.ContentLength, request.Body.Length);
            byte[] again = [.. writer.Written, .. "\r\n"u8, .. request.Body.Span];
            var copy = (SipRequest)SampleMessages.Read(again);
            Assert.Equal(request.From.ToString(), copy.From.ToString());
            Assert.Equal(request.TopVia.ToString(), copy.TopVia.ToString());
            Assert.Equal(request.RequestUri, copy.RequestUri);
            Assert.Equal(request.CSeq, copy.CSeq);
            Assert.Equal(request.Body.ToArray(), copy.Body.ToArray());
            foreach (var header in request.Headers)
                if (header.Id != HeaderId.Unknown) Assert.Equal(request.Header(header.Id), copy.Header(header.Id));
        }
    }

    [Fact]
    public void The_result_goes_where_it_is_wanted()
    {
        var output = new ArrayBufferWriter<byte>();
        writer.StartResponse(503).Header(HeaderName.RetryAfter, 5).End().CopyTo(output);
        Assert.Equal(writer.ToArray(), output.WrittenSpan.ToArray());
        Assert.Throws<InvalidOperationException>(() => writer.EndHeader());
        writer.Begin(HeaderName.Subject);
        Assert.Throws<InvalidOperationException>(() => writer.Begin(HeaderName.To));
    }
}
