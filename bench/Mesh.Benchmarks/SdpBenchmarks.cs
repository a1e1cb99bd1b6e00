using System.Text;
using BenchmarkDotNet.Attributes;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Sdp;

namespace Mesh.Benchmarks;

/// <summary>One offer and one answer of G.711, as every call has twice.</summary>
public class SdpBenchmarks
{
    private static readonly byte[] Wire = Encoding.ASCII.GetBytes(
        "v=0\r\no=- 1722 1722 IN IP4 87.238.72.140\r\ns=-\r\nc=IN IP4 87.238.72.140\r\nt=0 0\r\nm=audio 23456 RTP/AVP 8 0 101\r\na=rtpmap:101 telephone-event/8000\r\n"
        + "a=rtpmap:8 PCMA/8000\r\na=rtpmap:0 PCMU/8000\r\na=fmtp:101 0-16\r\na=ptime:20\r\na=sendrecv\r\n");

    private readonly IChance chance = new SeededChance(1);
    private readonly LocalAudio local = new(NetAddress.Parse("127.0.0.1:20000"), [AudioCodec.Pcma, AudioCodec.Pcmu]);

    [Benchmark(Description = "SDP: read an offer and answer it")]
    public bool Answer() => SdpSession.New(chance).Answer(Wire, local).Agreed is not null;

    [Benchmark(Description = "SDP: make an offer")]
    public int Offer() => SdpSession.New(chance).Offer(local).Length;
}
