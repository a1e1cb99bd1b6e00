using static Mesh.Sip.Tests.Wire.Rfc4475Text;

namespace Mesh.Sip.Tests.Wire;

/// <summary>RFC 4475 section 3.1.1: unusual messages that are right.</summary>
internal static class Rfc4475Valid
{
    public static byte[] Wsinv => Lines("""
        INVITE sip:vivekg@chair-dnrc.example.com;unknownparam SIP/2.0
        TO :
         sip:vivekg@chair-dnrc.example.com ;   tag    = 1918181833n
        from   : "J Rosenberg \\\""       <sip:jdrosen@example.com>
          ;
          tag = 98asjd8
        MaX-fOrWaRdS: 0068
        Call-ID: wsinv.ndaksdj@192.0.2.1
        Content-Length   : 150
        cseq: 0009
          INVITE
        Via  : SIP  /   2.0
         /UDP
            192.0.2.2;branch=390skdjuw
        s :
        NewFangledHeader:   newfangled value
         continued newfangled value
        UnknownHeaderWithUnusualValue: ;;,,;;,;
        Content-Type: application/sdp
        Route:
         <sip:services.example.com;lr;unknownwith=value;unknown-no-value>
        v:  SIP  / 2.0  / TCP     spindle.example.com   ;
          branch  =   z9hG4bK9ikj8  ,
         SIP  /    2.0   / UDP  192.168.255.111   ; branch=
         z9hG4bK30239
        m:"Quoted string \"\"" <sip:jdrosen@example.com> ; newparam =
              newvalue ;
          secondparam ; q = 0.33

        v=0
        o=mhandley 29739 7272939 IN IP4 192.0.2.3
        s=-
        c=IN IP4 192.0.2.4
        t=0 0
        m=audio 49217 RTP/AVP 0 12
        m=video 3227 RTP/AVP 31
        a=rtpmap:31 LPC

        """);

    public static byte[] Intmeth => Utf8(
        "!interesting-Method0123456789_*+`.%indeed'~ sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too" +
        ".(doesn't-it)@example.com SIP/2.0\r\n" +
        "Via: SIP/2.0/TCP host1.example.com;branch=z9hG4bK-.!%66*_+`'~\r\n" +
        "To: \"BEL:\\\u0007 NUL:\\\u0000 DEL:\\\u007f\" <sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*@example.com>\r\n" +
        "From: token1~` token2'+_ token3*%!.- <sip:mundane@example.com>;fromParam''~+*_!.-%=\"работающий\";tag=_token~1'+`*%!-.\r\n" +
        "Call-ID: intmeth.word%ZK-!.*_+'@word`~)(><:\\/\"][?}{\r\n" +
        "CSeq: 139122385 !interesting-Method0123456789_*+`.%indeed'~\r\n" +
        "Max-Forwards: 255\r\n" +
        "extensionHeader-!.%*+_`'~:\ufeff大停電\r\n" +
        "Content-Length: 0\r\n" +
        "\r\n");

    public static byte[] Esc01 => Lines("""
        INVITE sip:sips%3Auser%40example.com@example.net SIP/2.0
        To: sip:%75se%72@example.com
        From: <sip:I%20have%20spaces@example.net>;tag=938
        Max-Forwards: 87
        i: esc01.239409asdfakjkn23onasd0-3234
        CSeq: 234234 INVITE
        Via: SIP/2.0/UDP host5.example.net;branch=z9hG4bKkdjuw
        C: application/sdp
        Contact:
          <sip:cal%6Cer@host5.example.net;%6C%72;n%61me=v%61lue%25%34%31>
        Content-Length: 150

        v=0
        o=mhandley 29739 7272939 IN IP4 192.0.2.1
        s=-
        c=IN IP4 192.0.2.1
        t=0 0
        m=audio 49217 RTP/AVP 0 12
        m=video 3227 RTP/AVP 31
        a=rtpmap:31 LPC

        """);

    public static byte[] Escnull => Lines("""
        REGISTER sip:example.com SIP/2.0
        To: sip:null-%00-null@example.com
        From: sip:null-%00-null@example.com;tag=839923423
        Max-Forwards: 70
        Call-ID: escnull.39203ndfvkjdasfkq3w4otrq0adsfdfnavd
        CSeq: 14398234 REGISTER
        Via: SIP/2.0/UDP host5.example.com;branch=z9hG4bKkdjuw
        Contact: <sip:%00@host5.example.com>
        Contact: <sip:%00%00@host5.example.com>
        L:0


        """);

    public static byte[] Esc02 => Lines("""
        RE%47IST%45R sip:registrar.example.com SIP/2.0
        To: "%Z%45" <sip:resource@example.com>
        From: "%Z%45" <sip:resource@example.com>;tag=f232jadfj23
        Call-ID: esc02.asdfnqwo34rq23i34jrjasdcnl23nrlknsdf
        Via: SIP/2.0/TCP host.example.com;branch=z9hG4bK209%fzsnel234
        CSeq: 29344 RE%47IST%45R
        Max-Forwards: 70
        Contact: <sip:alias1@host1.example.com>
        C%6Fntact: <sip:alias2@host2.example.com>
        Contact: <sip:alias3@host3.example.com>
        l: 0


        """);

    public static byte[] Lwsdisp => Lines("""
        OPTIONS sip:user@example.com SIP/2.0
        To: sip:user@example.com
        From: caller<sip:caller@example.com>;tag=323
        Max-Forwards: 70
        Call-ID: lwsdisp.1234abcd@funky.example.com
        CSeq: 60 OPTIONS
        Via: SIP/2.0/UDP funky.example.com;branch=z9hG4bKkdjuw
        l: 0


        """);

    public static byte[] Longreq => Octets(
        "INVITE sip:user@example.com SIP/2.0\r\n" +
        "To: \"I have a user name of " + Repeat("extreme", 10) + " proportion\"<sip:user@example.com:6000;unknownparam1=very" +
        Repeat("long", 20) + "value;longparam" + Repeat("name", 25) + "=shortvalue;very" + Repeat("long", 25) +
        "ParameterNameWithNoValue>\r\n" +
        "F: sip:" + Repeat("amazinglylongcallername", 5) + "@example.net;tag=1" + Repeat("298", 50) + "2424;unknownheaderparam" +
        Repeat("name", 20) + "=unknowheaderparam" + Repeat("value", 15) + ";unknownValueless" + Repeat("paramname", 10) + "\r\n" +
        "Call-ID: longreq.one" + Repeat("really", 20) + "longcallid\r\n" +
        "CSeq: 3882340 INVITE\r\n" +
        "Unknown-" + Repeat("Long", 20) + "-Name: unknown-" + Repeat("long", 20) + "-value; unknown-" + Repeat("long", 20) +
        "-parameter-name = unknown-" + Repeat("long", 20) + "-parameter-value\r\n" +
        "Via: SIP/2.0/TCP sip33.example.com\r\n" +
        "v: SIP/2.0/TCP sip32.example.com\r\n" +
        "V: SIP/2.0/TCP sip31.example.com\r\n" +
        "Via: SIP/2.0/TCP sip30.example.com\r\n" +
        "ViA: SIP/2.0/TCP sip29.example.com\r\n" +
        "VIa: SIP/2.0/TCP sip28.example.com\r\n" +
        "VIA: SIP/2.0/TCP sip27.example.com\r\n" +
        "via: SIP/2.0/TCP sip26.example.com\r\n" +
        "viA: SIP/2.0/TCP sip25.example.com\r\n" +
        "vIa: SIP/2.0/TCP sip24.example.com\r\n" +
        "vIA: SIP/2.0/TCP sip23.example.com\r\n" +
        "V :  SIP/2.0/TCP sip22.example.com\r\n" +
        "v :  SIP/2.0/TCP sip21.example.com\r\n" +
        "V  : SIP/2.0/TCP sip20.example.com\r\n" +
        "v  : SIP/2.0/TCP sip19.example.com\r\n" +
        "Via : SIP/2.0/TCP sip18.example.com\r\n" +
        "Via  : SIP/2.0/TCP sip17.example.com\r\n" +
        "Via: SIP/2.0/TCP sip16.example.com\r\n" +
        "Via: SIP/2.0/TCP sip15.example.com\r\n" +
        "Via: SIP/2.0/TCP sip14.example.com\r\n" +
        "Via: SIP/2.0/TCP sip13.example.com\r\n" +
        "Via: SIP/2.0/TCP sip12.example.com\r\n" +
        "Via: SIP/2.0/TCP sip11.example.com\r\n" +
        "Via: SIP/2.0/TCP sip10.example.com\r\n" +
        "Via: SIP/2.0/TCP sip9.example.com\r\n" +
        "Via: SIP/2.0/TCP sip8.example.com\r\n" +
        "Via: SIP/2.0/TCP sip7.example.com\r\n" +
        "Via: SIP/2.0/TCP sip6.example.com\r\n" +
        "Via: SIP/2.0/TCP sip5.example.com\r\n" +
        "Via: SIP/2.0/TCP sip4.example.com\r\n" +
        "Via: SIP/2.0/TCP sip3.example.com\r\n" +
        "Via: SIP/2.0/TCP sip2.example.com\r\n" +
        "Via: SIP/2.0/TCP sip1.example.com\r\n" +
        "Via: SIP/2.0/TCP host.example.com;received=192.0.2.5;branch=very" + Repeat("long", 50) + "branchvalue\r\n" +
        "Max-Forwards: 70\r\n" +
        "Contact: <sip:" + Repeat("amazinglylongcallername", 5) + "@host5.example.net>\r\n" +
        "Content-Type: application/sdp\r\n" +
        "l: 150\r\n" +
        "\r\n" +
        "v=0\r\n" +
        "o=mhandley 29739 7272939 IN IP4 192.0.2.1\r\n" +
        "s=-\r\n" +
        "c=IN IP4 192.0.2.1\r\n" +
        "t=0 0\r\n" +
        "m=audio 49217 RTP/AVP 0 12\r\n" +
        "m=video 3227 RTP/AVP 31\r\n" +
        "a=rtpmap:31 LPC\r\n");

    public static byte[] Dblreq => Lines("""
        REGISTER sip:example.com SIP/2.0
        To: sip:j.user@example.com
        From: sip:j.user@example.com;tag=43251j3j324
        Max-Forwards: 8
        I: dblreq.0ha0isndaksdj99sdfafnl3lk233412
        Contact: sip:j.user@host.example.com
        CSeq: 8 REGISTER
        Via: SIP/2.0/UDP 192.0.2.125;branch=z9hG4bKkdjuw23492
        Content-Length: 0


        INVITE sip:joe@example.com SIP/2.0
        t: sip:joe@example.com
        From: sip:caller@example.net;tag=141334
        Max-Forwards: 8
        Call-ID: dblreq.0ha0isnda977644900765@192.0.2.15
        CSeq: 8 INVITE
        Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bKkdjuw380234
        Content-Type: application/sdp
        Content-Length: 150

        v=0
        o=mhandley 29739 7272939 IN IP4 192.0.2.15
        s=-
        c=IN IP4 192.0.2.15
        t=0 0
        m=audio 49217 RTP/AVP 0 12
        m =video 3227 RTP/AVP 31
        a=rtpmap:31 LPC


        """);

    public static byte[] Semiuri => Lines("""
        OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0
        To: sip:j_user@example.com
        From: sip:caller@example.org;tag=33242
        Max-Forwards: 3
        Call-ID: semiuri.0ha0isndaksdj
        CSeq: 8 OPTIONS
        Accept: application/sdp, application/pkcs7-mime,
                multipart/mixed, multipart/signed,
                message/sip, message/sipfrag
        Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKkdjuw
        l: 0


        """);

    public static byte[] Transports => Lines("""
        OPTIONS sip:user@example.com SIP/2.0
        To: sip:user@example.com
        From: <sip:caller@example.com>;tag=323
        Max-Forwards: 70
        Call-ID:  transports.kijh4akdnaqjkwendsasfdj
        Accept: application/sdp
        CSeq: 60 OPTIONS
        Via: SIP/2.0/UDP t1.example.com;branch=z9hG4bKkdjuw
        Via: SIP/2.0/SCTP t2.example.com;branch=z9hG4bKklasjdhf
        Via: SIP/2.0/TLS t3.example.com;branch=z9hG4bK2980unddj
        Via: SIP/2.0/UNKNOWN t4.example.com;branch=z9hG4bKasd0f3en
        Via: SIP/2.0/TCP t5.example.com;branch=z9hG4bK0a9idfnee
        l: 0


        """);

    public static byte[] Mpart01 => Octets(
        "MESSAGE sip:kumiko@example.org SIP/2.0\r\n" +
        "Via: SIP/2.0/UDP 127.0.0.1:5070;branch=z9hG4bK-d87543-4dade06d0bdb11ee-1--d87543-;rport\r\n" +
        "Max-Forwards: 70\r\n" +
        "Route: <sip:127.0.0.1:5080>\r\n" +
        "Identity: r5mwreLuyDRYBi/0TiPwEsY3rEVsk/G2WxhgTV1PF7hHuLIK0YWVKZhKv9Mj8UeXqkMVbnVq37CD+813gvYjcBUaZngQmXc9WNZSDNGCzA+fWl9MEUHW" +
        "IZo1CeJebdY/XlgKeTa0Olvq0rt70Q5jiSfbqMJmQFteeivUhkMWYUA=\r\n" +
        "Contact: <sip:fluffy@127.0.0.1:5070>\r\n" +
        "To: <sip:kumiko@example.org>\r\n" +
        "From: <sip:fluffy@example.com>;tag=2fb0dcc9\r\n" +
        "Call-ID: 3d9485ad0c49859b@Zmx1ZmZ5LW1hYy0xNi5sb2NhbA..\r\n" +
        "CSeq: 1 MESSAGE\r\n" +
        "Content-Transfer-Encoding: binary\r\n" +
        "Content-Type: multipart/mixed;boundary=7a9cbec02ceef655\r\n" +
        "Date: Sat, 15 Oct 2005 04:44:56 GMT\r\n" +
        "User-Agent: SIPimp.org/0.2.5 (curses)\r\n" +
        "Content-Length: 553\r\n" +
        "\r\n" +
        "--7a9cbec02ceef655\r\n" +
        "Content-Type: text/plain\r\n" +
        "Content-Transfer-Encoding: binary\r\n" +
        "\r\n" +
        "Hello\r\n" +
        "--7a9cbec02ceef655\r\n" +
        "Content-Type: application/octet-stream\r\n" +
        "Content-Transfer-Encoding: binary\r\n" +
        "\r\n" +
        "0\u0082\u0001R\u0006\t*\u0086H\u0086\u00f7\r\u0001\u0007\u0002\u00a0\u0082\u0001C0\u0082\u0001?\u0002\u0001\u00011\t0\u0007" +
        "\u0006\u0005+\u000e\u0003\u0002\u001a0\u000b\u0006\t*\u0086H\u0086\u00f7\r\u0001\u0007\u00011\u0082\u0001 0\u0082\u0001\u001c" +
        "\u0002\u0001\u00010|0p1\u000b0\t\u0006\u0003U\u0004\u0006\u0013\u0002US1\u00130\u0011\u0006\u0003U\u0004\u0008\u0013\n" +
        "California1\u00110\u000f\u0006\u0003U\u0004\u0007\u0013\u0008San Jose1\u000e0\u000c\u0006\u0003U\u0004\n" +
        "\u0013\u0005sipit1)0'\u0006\u0003U\u0004\u000b\u0013 Sipit Test Certificate Authority\u0002\u0008\u0001\u0095\u0000q\u00023" +
        "\u0001\u00130\u0007\u0006\u0005+\u000e\u0003\u0002\u001a0\r\u0006\t*\u0086H\u0086\u00f7\r\u0001\u0001\u0001\u0005\u0000\u0004" +
        "\u0081\u0080\u008e\u00f4f\u00f9H\u00f0R-\u00d2\u00e5\u0097\u008e\u009d\u0095\u00aa\u00e9\u00f2\u00fe\u0015\u00a0fYqb\u0092" +
        "\u00e8\u00da*\u00a8\u00d85\n" +
        "h\u00ce\u00ff\u00ae<\u00bd+\u00ff\u0016u\u00dd\u00d5d\u008eY=\u00d6G(\u00f2b \u00f7\u00e9At\u009e3\r\u009a\u0015\u00ed\u00ab" +
        "\u00db\u0093\u00d1\u000cB\u0010.{r\u0089\u00d2\u009c\u00c0\u00c9\u00ae.\u00fb\u00c7\u00c0\u00cf\u00f9\u0017/;\u0002~O\u00c0'" +
        "\u00e1Tm\u00e4\u00b6\u00aa:\u00bb>f\u00cc\u00cb]\u00d6\u00c6K\u0083\u0083\u0014\u009c\u00b8\u00e6\u00ff\u0018-\u0094O\u00e5{e" +
        "\u00bc\u0099\u00d0\u0005\r\n" +
        "--7a9cbec02ceef655--\r\n");

    public static byte[] Unreason => Utf8(
        "SIP/2.0 200 = 2**3 * 5**2 но сто девяносто девять - простое\r\n" +
        "Via: SIP/2.0/UDP 192.0.2.198;branch=z9hG4bK1324923\r\n" +
        "Call-ID: unreason.1234ksdfak3j2erwedfsASdf\r\n" +
        "CSeq: 35 INVITE\r\n" +
        "From: sip:user@example.com;tag=11141343\r\n" +
        "To: sip:user@example.edu;tag=2229\r\n" +
        "Content-Length: 154\r\n" +
        "Content-Type: application/sdp\r\n" +
        "Contact: <sip:user@host198.example.com>\r\n" +
        "\r\n" +
        "v=0\r\n" +
        "o=mhandley 29739 7272939 IN IP4 192.0.2.198\r\n" +
        "s=-\r\n" +
        "c=IN IP4 192.0.2.198\r\n" +
        "t=0 0\r\n" +
        "m=audio 49217 RTP/AVP 0 12\r\n" +
        "m=video 3227 RTP/AVP 31\r\n" +
        "a=rtpmap:31 LPC\r\n");

    public static byte[] Noreason => Utf8(
        "SIP/2.0 100 \r\n" +
        "Via: SIP/2.0/UDP 192.0.2.105;branch=z9hG4bK2398ndaoe\r\n" +
        "Call-ID: noreason.asndj203insdf99223ndf\r\n" +
        "CSeq: 35 INVITE\r\n" +
        "From: <sip:user@example.com>;tag=39ansfi3\r\n" +
        "To: <sip:user@example.edu>;tag=902jndnke3\r\n" +
        "Content-Length: 0\r\n" +
        "Contact: <sip:user@host105.example.com>\r\n" +
        "\r\n");
}
