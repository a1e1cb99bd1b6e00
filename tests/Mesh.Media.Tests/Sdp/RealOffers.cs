namespace Mesh.Media.Tests.Sdp;

/// <summary>Offers in the manner of devices in the field, written from what each is known to send; addresses from the documentation ranges.</summary>
internal static class RealOffers
{
    public const string Baresip = """
        v=0
        o=- 3926384611 1873412022 IN IP4 192.0.2.15
        s=-
        c=IN IP4 192.0.2.15
        t=0 0
        a=tool:baresip 1.0.0
        m=audio 21814 RTP/AVP 96 0 8 101
        b=AS:125
        a=rtpmap:96 opus/48000/2
        a=fmtp:96 stereo=1;sprop-stereo=1
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        a=rtcp:21815
        a=sendrecv
        a=label:1
        a=rtcp-rsize
        a=ssrc:1662938116 cname:sip:alice@192.0.2.15
        a=ptime:20

        """;

    public const string Linphone = """
        v=0
        o=alice 1409 3237 IN IP4 192.0.2.16
        s=Talk
        c=IN IP4 192.0.2.16
        t=0 0
        a=ice-pwd:31ac9f1be2bdf0fbd80e8a3b
        a=ice-ufrag:1f2e3d4c
        a=rtcp-xr:rcvr-rtt=all:10000 stat-summary=loss,dup,jitt,TTL voip-metrics
        a=record:off
        m=audio 7078 RTP/AVPF 96 97 98 0 8 18 101 99
        a=rtpmap:96 opus/48000/2
        a=fmtp:96 useinbandfec=1
        a=rtpmap:97 speex/16000
        a=rtpmap:98 speex/8000
        a=fmtp:18 annexb=yes
        a=rtpmap:101 telephone-event/48000
        a=rtpmap:99 telephone-event/8000
        a=candidate:1 1 UDP 2130706303 192.0.2.16 7078 typ host
        a=rtcp-fb:* trr-int 1000
        m=video 9078 RTP/AVPF 96
        a=rtpmap:96 VP8/90000

        """;

    /// <summary>SIPp's built-in scenario: no rtpmap for telephone-event, and none needed for payload type 0.</summary>
    public const string Sipp = """
        v=0
        o=user1 53655765 2353687637 IN IP4 127.0.0.9
        s=-
        c=IN IP4 127.0.0.9
        t=0 0
        m=audio 6000 RTP/AVP 0
        a=rtpmap:0 PCMU/8000

        """;

    public const string Carrier = """
        v=0
        o=carrier 1786 1786 IN IP4 198.51.100.130
        s=session
        c=IN IP4 198.51.100.140
        t=0 0
        m=audio 14562 RTP/AVP 8 18 101 0 3
        a=rtpmap:8 PCMA/8000
        a=rtpmap:18 G729/8000
        a=fmtp:18 annexb=no
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-16
        a=rtpmap:0 PCMU/8000
        a=rtpmap:3 GSM/8000
        a=silenceSupp:off - - - -
        a=ptime:20
        a=sendrecv

        """;

    /// <summary>A desk phone that offers SRTP as a second choice, and blanks in its user name.</summary>
    public const string DeskPhone = """
        v=0
        o=Desk Phone 20 8002 8000 IN IP4 192.0.2.40
        s=SIP Call
        c=IN IP4 192.0.2.40
        t=0 0
        m=audio 11784 RTP/SAVP 9 0 8 101
        a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz
        a=rtpmap:9 G722/8000
        m=audio 11786 RTP/AVP 9 0 8 101
        a=rtpmap:9 G722/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:8 PCMA/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        a=ptime:30

        """;

    public const string Browser = """
        v=0
        o=- 4611731400430051336 2 IN IP4 127.0.0.1
        s=-
        t=0 0
        a=group:BUNDLE 0
        m=audio 9 UDP/TLS/RTP/SAVPF 111 0 8
        c=IN IP4 0.0.0.0
        a=rtpmap:111 opus/48000/2
        a=setup:actpass

        """;

    public const string Fax = """
        v=0
        o=gw 1 2 IN IP4 192.0.2.50
        s=-
        c=IN IP4 192.0.2.50
        t=0 0
        m=image 4400 udptl t38
        a=T38FaxVersion:0

        """;

    public const string SixAddress = """
        v=0
        o=- 1 1 IN IP6 2001:db8::5
        s=-
        c=IN IP6 2001:db8::5
        t=0 0
        m=audio 5004 RTP/AVP 97 8
        a=rtpmap:97 pcmu/8000/1
        a=recvonly

        """;
}
