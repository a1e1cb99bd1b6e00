using System.Text;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;
using Xunit;

namespace Mesh.Sip.Tests.Wire;

/// <summary>Messages the tests of this folder share.</summary>
internal static class SampleMessages
{
    /// <summary>An INVITE as the carrier sends it, about 800 octets with its body.</summary>
    public static readonly byte[] Invite = Rfc4475Text.Lines("""
        INVITE sip:442079460123@127.0.0.1:5060 SIP/2.0
        Record-Route: <sip:87.238.72.129;lr>
        Via: SIP/2.0/UDP 87.238.72.129:5060;branch=z9hG4bK3f1a.7d2b8c;rport
        Via: SIP/2.0/UDP 10.20.30.40:5060;branch=z9hG4bK776asdhds
        Max-Forwards: 69
        From: "07700900123" <sip:07700900123@87.238.72.129>;tag=as5ed5f1c9
        To: <sip:+442079460123@carrier.example>
        Call-ID: 5d0c7a2f4b1e4a5c@87.238.72.129
        CSeq: 102 INVITE
        Contact: <sip:07700900123@87.238.72.129:5060>
        Allow: INVITE, BYE, CANCEL, ACK
        Session-Expires: 1900;refresher=uac
        Content-Type: application/sdp
        Content-Length: 228

        v=0
        o=- 1722 1722 IN IP4 87.238.72.140
        s=-
        c=IN IP4 87.238.72.140
        t=0 0
        m=audio 23456 RTP/AVP 8 0 101
        a=rtpmap:101 telephone-event/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:0 PCMU/8000
        a=fmtp:101 0-16
        a=ptime:20
        a=sendrecv
        """) is var lines ? [.. lines, (byte)'\r', (byte)'\n'] : [];

    public static SipMessage Read(byte[] octets)
    {
        Assert.True(SipParser.TryParse(octets, out var message, out var error), $"{error.Fault} at {error.Offset}");
        return message!;
    }

    public static SipRequest Request(string headers, string start = "OPTIONS sip:a@b SIP/2.0", string body = "") => (SipRequest)Read(Octets(headers, start, body));

    /// <summary>A message with what it must have and <paramref name="headers"/> more, lines between LF.</summary>
    public static byte[] Octets(string headers, string start = "OPTIONS sip:a@b SIP/2.0", string body = "") => Encoding.UTF8.GetBytes(
        $"{start}\r\nVia: SIP/2.0/UDP 10.0.0.1;branch=z9hG4bK1\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:c@d>\r\nCall-ID: id\r\nCSeq: 1 OPTIONS\r\n"
        + (headers.Length > 0 ? headers.ReplaceLineEndings("\r\n") + "\r\n" : "") + "\r\n" + body);

    public static SipParseError Refused(byte[] octets, SipFraming framing = SipFraming.Datagram, SipParserOptions? options = null)
    {
        Assert.False(SipParser.TryParse(octets, framing, options ?? SipParserOptions.Default, out _, out var error));
        return error;
    }
}
