using System.Text;
using Mesh.Host.Ladders;
using Mesh.Iax2.Wire;

namespace Mesh.Host.Tests.Ladders;

/// <summary>Records of sites, written by hand.</summary>
internal static class Recorded
{
    public const string London = "127.0.0.1:4569", Manchester = "127.0.0.2:4569";

    public static readonly Dictionary<string, string> Addresses = new() { [London] = "london", [Manchester] = "manchester" };

    public static SiteLadder Site(string name, IReadOnlyList<SiteLeg> legs, params IReadOnlyList<SiteStep> steps) => new(name, "origin", false, legs, steps, 0);

    public static SiteLeg Sip(string kind, string name, params IReadOnlyList<SiteMessage> messages) => new("sip", kind, name, kind == "carrier", null, 0, false, messages);

    public static SiteLeg Iax(string site, params IReadOnlyList<SiteMessage> messages) => new("iax2", "site", site, false, null, 0, false, messages);

    public static SiteMessage Message(long at, bool sent, byte[] octets, string local = "127.0.0.1:5060", string remote = "127.0.0.9:5060") => new(at, sent, "udp", local, remote, octets);

    public static byte[] Frame(byte outSequence, IaxCommand command = IaxCommand.Ping, bool again = false, byte[]? payload = null)
    {
        var octets = new byte[FullFrame.HeaderLength + (payload?.Length ?? 0)];
        new FullFrame { SourceCall = 77, DestinationCall = 88, OutSequence = outSequence, Timestamp = outSequence, IsRetransmission = again, Type = FrameType.Iax, SubclassOctet = (byte)command, Payload = payload ?? [] }.Write(octets);
        return octets;
    }

    public static byte[] Request(string first, string more = "", string body = "") => Encoding.UTF8.GetBytes(
        $"{first}\r\nVia: SIP/2.0/UDP 127.0.0.9:5060;branch=z9hG4bK1\r\nFrom: <sip:a@127.0.0.9>;tag=1\r\nTo: <sip:b@127.0.0.1>\r\nCall-ID: c@1\r\nCSeq: 1 {first.Split(' ')[0]}\r\nMax-Forwards: 70\r\n{more}Content-Length: {body.Length}\r\n\r\n{body}");
}
