using System.Globalization;
using System.Text;

namespace Mesh.Load.Trunking;

/// <summary>What trunking saves, as it is printed and committed.</summary>
public sealed class TrunkReport(int calls)
{
    private const int Layer3 = 28, Ethernet = Layer3 + 18, RtpHeader = 12, SrtpTag = 10, FramesPerSecond = 1000 / SpeakingSites.FrameMs;
    private const double DatagramLimit = 6.5, OctetLimit = 0.19;

    private readonly List<(TrunkMode Mode, WireCount Wire, double? Cpu)> rows = [];

    /// <summary>The two figures that must hold: for the trunk to a peer, and for that between our sites, sealed as it is.</summary>
    public bool Holds => Meets(rows[1].Wire) && Meets(rows[^1].Wire);

    private WireCount Minis => rows[0].Wire;

    public void Add(TrunkMode mode, WireCount wire, double? cpu) => rows.Add((mode, wire, cpu));

    public string Markdown(string machine)
    {
        var text = new StringBuilder();
        void Line(FormattableString line) => text.AppendLine(line.ToString(CultureInfo.InvariantCulture));
        text.AppendLine("# bench/run --trunk").AppendLine();
        Line($"{calls} calls of G.711 between two sites, 20 ms a frame, one direction. Datagrams and octets are counted one by one on a simulated wire, so they are the same everywhere; each is the worse of");
        text.AppendLine("calls that speak in step and calls spread over the 20 ms. CPU is this process's, both ends, over real loopback while other programs ran.").AppendLine();
        Line($"**Octets** are counted twice. *Ethernet*: the frame, 14 of header and 4 of check sequence, with 20 of IPv4 and 8 of UDP (RTP 218 octets, 87.2 kbit/s; preamble and gap, 20 more a frame, not");
        text.AppendLine("counted: with them a trunk saves more). *Layer 3*: IPv4 and UDP only (RTP 200 octets, 80.0 kbit/s). On layer 3 nothing can save 19 %: the voice is 160 octets and an entry's header 4, which")
            .AppendLine("leaves 18 % if all the calls shared one endless datagram. The 19 % is meant, and holds, where datagrams have their price: on Ethernet. A sealed path is beside RTP in clear and beside SRTP (10")
            .AppendLine("octets of tag), which is the fair comparison.").AppendLine();
        text.AppendLine("| | datagrams/s | fewer than mini frames | Ethernet kbit/s a call | less than RTP | than SRTP | layer 3 kbit/s a call | less than RTP | us CPU a frame |").AppendLine("|---|---|---|---|---|---|---|---|---|");
        Line($"| RTP | {calls * FramesPerSecond} | | {Kilobits(Rtp(Ethernet)):0.00} | | | {Kilobits(Rtp(Layer3)):0.00} | | |");
        foreach (var (mode, wire, cpu) in rows)
            Line($"| {mode.Name} | {wire.DatagramsPerSecond:0.#} | {Fewer(wire):0.00} x | {Kilobits(On(wire, Ethernet)):0.00} | {Saved(wire, Ethernet, Rtp(Ethernet)):0.0 %} | {Saved(wire, Ethernet, Rtp(Ethernet + SrtpTag)):0.0 %} | {Kilobits(On(wire, Layer3)):0.00} | {Saved(wire, Layer3, Rtp(Layer3)):0.0 %} | {(cpu is { } c ? c.ToString("0.0", CultureInfo.InvariantCulture) : "")} |");
        text.AppendLine();
        foreach (var (mode, wire, _) in (IEnumerable<(TrunkMode, WireCount, double?)>)[rows[1], rows[^1]])
            Line($"- {(Meets(wire) ? "ok" : "MISS")}, {mode.Name}: {Fewer(wire):0.00} times fewer datagrams than mini frames (at least {DatagramLimit}), {Saved(wire, Ethernet, Rtp(Ethernet)):0.0 %} fewer octets than RTP on Ethernet (at least {OctetLimit:0 %}).");
        text.AppendLine();
        Line($"{machine}.");
        return text.ToString();
    }

    private bool Meets(WireCount wire) => Fewer(wire) >= DatagramLimit && Saved(wire, Ethernet, Rtp(Ethernet)) >= OctetLimit;

    private double Fewer(WireCount wire) => Minis.DatagramsPerSecond / wire.DatagramsPerSecond;

    private static double On(WireCount wire, int overhead) => wire.OctetsPerSecond + wire.DatagramsPerSecond * overhead;

    /// <summary>Octets a second of all the calls as RTP with that much around it.</summary>
    private double Rtp(int overhead) => (double)calls * FramesPerSecond * (SpeakingSites.FrameOctets + RtpHeader + overhead);

    private static double Saved(WireCount wire, int overhead, double rtp) => 1 - On(wire, overhead) / rtp;

    private double Kilobits(double octetsPerSecond) => octetsPerSecond * 8 / 1000 / calls;
}
