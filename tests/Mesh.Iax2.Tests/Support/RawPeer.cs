namespace Mesh.Iax2.Tests.Support;

/// <summary>An address on the wire that says exactly what the test wants.</summary>
internal sealed class RawPeer : IDatagramReceiver
{
    private readonly IDatagramSocket socket;

    public RawPeer(SimulatedWorld world, string address) =>
        socket = world.CreateLoop(address).Bind(NetAddress.Parse(address), this, DatagramSocketOptions.Signalling);

    public NetAddress Address => socket.Local;

    public List<byte[]> Received { get; } = [];

    public void OnDatagram(IDatagramSocket socket, in Datagram datagram) => Received.Add(datagram.Payload.ToArray());

    public void Send(NetAddress to, ReadOnlySpan<byte> datagram) => socket.TrySend(datagram, to);

    public void Send(NetAddress to, string hex) => Send(to, Hex.Parse(hex));

    public void Send(NetAddress to, IaxCommand command, ushort source, ushort destination, uint timestamp, byte o, byte i, byte[]? elements = null) =>
        Send(to, FrameType.Iax, (byte)command, source, destination, timestamp, o, i, elements);

    public void Send(NetAddress to, FrameType type, byte subclass, ushort source, ushort destination, uint timestamp, byte o, byte i, byte[]? payload = null)
    {
        var bytes = new byte[FullFrame.HeaderLength + (payload?.Length ?? 0)];
        new FullFrame
        {
            SourceCall = source, DestinationCall = destination, Timestamp = timestamp, OutSequence = o, InSequence = i, Type = type, SubclassOctet = subclass, Payload = payload,
        }.Write(bytes);
        Send(to, bytes);
    }

    /// <summary>What the frames received so far were, in words.</summary>
    public List<string> Said() => [.. Received.Select(bytes => FullFrame.TryRead(bytes, out var frame)
        ? frame.Type switch { FrameType.Iax => frame.Command.ToString(), FrameType.Control => frame.Control.ToString(), _ => frame.Type.ToString() } : "mini")];

    public Elements ElementsOf(int index)
    {
        Assert.True(FullFrame.TryRead(Received[index], out var frame));
        Assert.True(Elements.TryRead(frame.Payload, out var elements));
        return elements;
    }

    public delegate void Fill(ref ElementWriter writer);

    public static byte[] Write(Fill fill)
    {
        var writer = new ElementWriter(new byte[1024]);
        fill(ref writer);
        return writer.Written.ToArray();
    }

    /// <summary>The elements of a plausible NEW of "london", with a token or (null) without.</summary>
    public static byte[] NewOf(string user, byte[]? token = null) => Write((ref w) =>
    {
        w.AddUInt16(ElementId.Version, 2);
        w.AddText(ElementId.CalledNumber, "301");
        w.AddText(ElementId.Username, user);
        w.AddFormats(ElementId.Format, ElementId.Format2, VoiceFormat.Alaw);
        w.AddFormats(ElementId.Capability, ElementId.Capability2, VoiceFormat.Alaw);
        if (token is not null) w.Add(ElementId.CallToken, token);
    });
}
