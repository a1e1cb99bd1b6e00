using Mesh.Io.Simulation;

namespace Mesh.Media.Tests;

/// <summary>One packet as a phone got it.</summary>
internal sealed record GotPacket(RtpHeader Header, byte[] Payload, NetAddress From, long AtMs);

/// <summary>The far end of a port in virtual time: no code of <see cref="RtpPort"/>, so that two mistakes cannot cancel out.</summary>
internal sealed class TestPhone : IDatagramReceiver
{
    private readonly SimulatedLoop loop;
    private readonly IDatagramSocket socket;

    public TestPhone(SimulatedLoop loop, NetAddress address)
    {
        this.loop = loop;
        socket = loop.Bind(address, this, DatagramSocketOptions.Media);
    }

    public NetAddress Local => socket.Local;

    public NetAddress Peer { get; set; }

    public byte PayloadType { get; set; } = 8;

    public ushort Sequence { get; set; } = 1000;

    public uint Timestamp { get; set; } = 5000;

    public uint Ssrc { get; set; } = 0xABCD;

    public List<GotPacket> Got { get; } = [];

    public IEnumerable<GotPacket> Audio => Got.Where(p => p.Header.PayloadType is 0 or 8);

    public void OnDatagram(IDatagramSocket from, in Datagram datagram)
    {
        Assert.True(RtpHeader.TryRead(datagram.Payload, out var header, out int start, out int length));
        Got.Add(new GotPacket(header, datagram.Payload.Slice(start, length).ToArray(), datagram.From, datagram.ReceivedAtMicros / 1000));
    }

    /// <summary>Sends 20 ms of audio, all octets <paramref name="sample"/>.</summary>
    public void SendAudio(byte sample = 0x55, bool marker = false)
    {
        var payload = new byte[160];
        Array.Fill(payload, sample);
        Send(PayloadType, marker, Timestamp, payload);
        Timestamp += 160;
    }

    public void Send(byte payloadType, bool marker, uint timestamp, ReadOnlySpan<byte> payload)
    {
        var packet = new byte[RtpHeader.Size + payload.Length];
        new RtpHeader(payloadType, marker, Sequence++, timestamp, Ssrc).Write(packet);
        payload.CopyTo(packet.AsSpan(RtpHeader.Size));
        SendRaw(packet);
    }

    public void SendRaw(byte[] packet) => loop.Invoke(() => { socket.TrySend(packet, Peer); });
}
