using System.Text;
using BenchmarkDotNet.Attributes;
using Mesh.Sip;
using Mesh.Sip.Messages;
using Mesh.Sip.Wire;

namespace Mesh.Benchmarks;

/// <summary>Reading and writing SIP: an INVITE of 800 octets as a carrier sends it.</summary>
public class SipBenchmarks
{
    private static readonly byte[] Wire = Encoding.ASCII.GetBytes("""
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

        """.ReplaceLineEndings("\r\n"));

    private readonly SipWriter writer = new();
    private readonly SipText tag = "ours", contact = "sip:442079460123@127.0.0.1:5060";
    private readonly byte[] body = Wire[^228..];
    private SipRequest invite = null!;

    [GlobalSetup]
    public void Read()
    {
        if (!SipParser.TryParse(Wire, out var message, out var error)) throw new InvalidOperationException($"{error.Fault} at {error.Offset}");
        invite = (SipRequest)message;
        invite.ReceivedFrom = Mesh.Io.NetAddress.Parse("87.238.72.129:5060");
        if (message.Body.Length != 228) throw new InvalidOperationException($"the body has {message.Body.Length} octets");
    }

    [Benchmark(Description = "SIP: parse an INVITE of 800 octets")]
    public bool Parse() => SipParser.TryParse(Wire, out _, out _);

    [Benchmark(Description = "SIP: write its 200 with SDP")]
    public int WriteAnswer() => writer.StartResponse(invite, SipStatus.Ok, tag).Address(HeaderName.Contact, default, contact).Body("application/sdp"u8, body).Written.Length;

    [Benchmark(Description = "SIP: write its 100")]
    public int WriteTrying() => writer.StartResponse(invite, SipStatus.Trying).End().Written.Length;
}
