using System.Net;

namespace Mesh.Host.Ladders.Export;

/// <summary>A ladder as a capture: every message once, when it was sent as far as that is known. It holds everything, proofs of passwords too: for operators.</summary>
public static class LadderPcap
{
    public const string MediaType = "application/vnd.tcpdump.pcap";

    public static byte[] Write(Ladder ladder)
    {
        using var output = new MemoryStream();
        var pcap = new PcapWriter(output);
        foreach (var message in ladder.Messages)
            if (IPEndPoint.TryParse(message.Source, out var from) && IPEndPoint.TryParse(message.Destination, out var to))
                pcap.Write(message.At, from, to, message.Transport != "udp", message.Octets);
        return output.ToArray();
    }
}
