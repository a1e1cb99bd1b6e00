using System.Buffers.Binary;
using BenchmarkDotNet.Attributes;
using Mesh.Io;
using Mesh.Media;
using Mesh.Media.Rtp;
using Mesh.Media.Sdp;

namespace Mesh.Benchmarks;

/// <summary>A G.711 packet of 20 ms from its socket through the bridge to the far port's socket, without system calls.</summary>
public class RelayBenchmarks
{
    private readonly StillLoop loop = new();
    private readonly byte[] buffer = new byte[Datagram.Headroom + 172];
    private readonly NetAddress alice = NetAddress.Parse("10.0.0.2:4000"), bob = NetAddress.Parse("10.0.0.3:4000");
    private StillRoute same = null!, other = null!;

    [GlobalSetup]
    public void Join()
    {
        same = Route(AudioCodec.Pcma);
        other = Route(AudioCodec.Pcmu);
        Same();
        Other();
        if (same.To.Counters.PacketsSent != 1 || other.To.Counters.PacketsSent != 1) throw new InvalidOperationException("nothing was relayed");
    }

    [Benchmark(Description = "RTP: relay a packet, same law")]
    public void Same() => Relay(same);

    [Benchmark(Description = "RTP: relay a packet, A-law to u-law")]
    public void Other() => Relay(other);

    private StillRoute Route(AudioCodec far)
    {
        var pool = new RtpPortPool([loop], NetAddress.Parse("10.0.0.1:0"), new RtpPortPoolOptions { Ready = 2, LastPort = 20_007 }, new SeededChance(1));
        var (from, to) = (pool.Rent()!, pool.Rent()!);
        from.Apply(new AudioNegotiation { Remote = alice, Codec = AudioCodec.Pcma, PayloadType = 8 });
        to.Apply(new AudioNegotiation { Remote = bob, Codec = far, PayloadType = far.StaticPayloadType() });
        Bridge.Join(from, to);
        return new StillRoute(loop.Sockets.Last(s => s.Local == from.Local), to);
    }

    private void Relay(StillRoute route)
    {
        var packet = buffer.AsSpan(Datagram.Headroom);
        route.Sequence++;
        packet[0] = 0x80;
        packet[1] = 8;
        BinaryPrimitives.WriteUInt16BigEndian(packet[2..], route.Sequence);
        BinaryPrimitives.WriteUInt32BigEndian(packet[4..], route.Sequence * 160u);
        BinaryPrimitives.WriteUInt32BigEndian(packet[8..], 0xABCD);
        loop.Receive(route.From, buffer, 172, alice);
    }

    private sealed class StillRoute(IDatagramSocket from, RtpPort to)
    {
        public IDatagramSocket From { get; } = from;

        public RtpPort To { get; } = to;

        public ushort Sequence { get; set; }
    }
}
