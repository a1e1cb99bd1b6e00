using System.Text;
using BenchmarkDotNet.Attributes;
using Mesh.Dialplan.Calls;
using Mesh.Host.Ladders.Recording;
using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Sip.Messages;
using Mesh.Sip.Transport;
using Mesh.Sip.Wire;

namespace Mesh.Benchmarks;

/// <summary>What recording for ladders adds to a message, with every call ending and the oldest dropped: to be held against the whole of a bridged call, some 250 us of CPU, which has 14 SIP messages or so.</summary>
public class LadderBenchmarks
{
    private const int MessagesOfLeg = 7;
    private static readonly NetAddress Far = NetAddress.Parse("127.0.0.9:5060"), Site = NetAddress.Parse("127.0.0.2:4569");
    private readonly StillLoop loop = new();
    private readonly byte[] octets = Encoding.ASCII.GetBytes($"INVITE sip:442079460123@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.9:5060;branch=z9hG4bK1;rport\r\nFrom: <sip:a@127.0.0.9>;tag=1\r\nTo: <sip:b@127.0.0.1>\r\nCall-ID: 00000000000000000000@127.0.0.9\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\nContact: <sip:a@127.0.0.9:5060>\r\nContent-Type: application/sdp\r\nContent-Length: 228\r\n\r\n{new string('a', 228)}");
    private readonly byte[] frame = new byte[60];
    private LadderBook book = null!;
    private SipFlow flow;
    private int calls;

    [GlobalSetup]
    public void Fill()
    {
        book = new LadderBook(loop, new LadderOptions());
        flow = new SipFlow(new UdpTransport(loop, NetAddress.Parse("127.0.0.1:5060")), Far);
        new FullFrame { SourceCall = 500, OutSequence = 1, Type = FrameType.Iax, SubclassOctet = (byte)IaxCommand.New }.Write(frame);
        book.Iax.OnSent(frame, Site, 1);
        for (int i = 0; i < 3_000; i++) SipLeg();
        if (book.Count < 1_900 || book.Counters.MessagesMissed > 0) throw new InvalidOperationException($"{book.Count} calls are kept, {book.Counters.MessagesMissed} messages missed");
    }

    [Benchmark(Description = "ladders: one of the seven SIP messages of a leg, 550 octets", OperationsPerInvoke = MessagesOfLeg)]
    public void SipLeg()
    {
        Encoding.ASCII.GetBytes((++calls).ToString("D20", System.Globalization.CultureInfo.InvariantCulture), octets.AsSpan(octets.AsSpan().IndexOf("Call-ID: "u8) + 9));
        if (!SipParser.TryParse(octets, SipFraming.Datagram, SipParserOptions.Default, out var message, out _)) throw new InvalidOperationException("it does not parse");
        var trace = new CallTrace("london-1", message.CallId.ToString(), 0, 200);
        book.Sip.OnReceived(message, octets, flow);
        book.Claim(book.Begin(trace)!, book.Sip.Find(message.CallId)!, "carrier", "carrier", true, null);
        for (int i = 1; i < MessagesOfLeg; i++) book.Sip.OnSent(octets, flow, loop.Clock.NowMicros);
        book.Over(trace);
    }

    [Benchmark(Description = "ladders: one IAX2 full frame of 60 octets")]
    public void IaxFrame() => book.Iax.OnSent(frame, Site, loop.Clock.NowMicros);

    [Benchmark(Description = "ladders: the parse that is in the first figure once in seven")]
    public bool Parse() => SipParser.TryParse(octets, SipFraming.Datagram, SipParserOptions.Default, out _, out _);
}
