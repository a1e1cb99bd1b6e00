using Mesh.Iax2.Wire;
using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>One datagram on its way through a <see cref="FaultyServer"/>.</summary>
/// <param name="FromServer">Towards the tester.</param>
/// <param name="Client">Which of the tester's sockets it is about.</param>
internal sealed record Passing(bool FromServer, NetAddress Client, byte[] Octets)
{
    public bool IsFull => Demultiplexer.Classify(Octets) == DatagramKind.Full;

    public FrameType Type => IsFull ? (FrameType)Octets[10] : 0;

    public byte Subclass => Octets[11];

    public bool Is(IaxCommand command) => Type == FrameType.Iax && Subclass == (byte)command;

    public bool Is(ControlCommand command) => Type == FrameType.Control && Subclass == (byte)command;

    public bool IsMini => Demultiplexer.Classify(Octets) == DatagramKind.Mini;

    public bool IsTrunk => Demultiplexer.Classify(Octets) == DatagramKind.Trunk;

    public ushort Source => (ushort)((Octets[0] << 8 | Octets[1]) & 0x7FFF);

    public ushort Destination => (ushort)((Octets[2] << 8 | Octets[3]) & 0x7FFF);

    public bool IsRepeated => IsFull && (Octets[2] & 0x80) != 0;

    public byte[]? Find(ElementId id)
    {
        if (Type != FrameType.Iax) return null;
        byte[]? found = null;
        var reader = new ElementReader(Octets.AsSpan(12));
        while (reader.MoveNext())
            if (reader.Id == id) found = reader.Data.ToArray();
        return found;
    }

    /// <summary>The same with some octets changed.</summary>
    public byte[] With(Action<byte[]> change)
    {
        byte[] changed = [.. Octets];
        change(changed);
        return changed;
    }

    /// <summary>The same with other elements.</summary>
    public byte[] WithElements(Func<ElementId, byte[], byte[]?> change)
    {
        var writer = new ElementWriter(new byte[2048]);
        var reader = new ElementReader(Octets.AsSpan(12));
        while (reader.MoveNext())
            if (change(reader.Id, reader.Data.ToArray()) is { } data) writer.Add(reader.Id, data);
        return [.. Octets[..12], .. writer.Written];
    }

    public byte[] Without(ElementId id) => WithElements((known, data) => known == id ? null : data);

    public byte[] Change(ElementId id, byte[] to) => WithElements((known, data) => known == id ? to : data);

    /// <summary>A full frame back to where this one came from, as a careless server would answer it.</summary>
    public byte[] Reply(FrameType type, byte subclass, byte[]? payload = null, ushort from = 0x3333)
    {
        var octets = new byte[12 + (payload?.Length ?? 0)];
        new FullFrame
        {
            SourceCall = from, DestinationCall = Source, Timestamp = 20, OutSequence = Octets[9], InSequence = (byte)(Octets[8] + 1), Type = type, SubclassOctet = subclass, Payload = payload,
        }.Write(octets);
        return octets;
    }

    public byte[] Reply(IaxCommand command, byte[]? elements = null) => Reply(FrameType.Iax, (byte)command, elements);
}

/// <summary>What a fault makes of a datagram: datagrams that go on, and datagrams that go back to where it came from.</summary>
internal sealed record Fate(params byte[][] On)
{
    public static readonly Fate Lost = new();

    public byte[][] Back { get; init; } = [];

    /// <summary>Datagrams handed to the server as if another of the tester's sockets had sent them.</summary>
    public (NetAddress Client, byte[] Octets)[] Forwarded { get; init; } = [];

    /// <summary>Datagrams to somebody else.</summary>
    public (NetAddress To, byte[] Octets)[] Elsewhere { get; init; } = [];

    public static Fate Pass(Passing passing) => new(passing.Octets);
}

/// <summary>Our server with a fault: a man in the middle that spoils what passes. Each of the tester's sockets has one of its own towards the server.</summary>
internal sealed class FaultyServer : IDatagramReceiver
{
    private readonly SimulatedLoop loop;
    private readonly IDatagramSocket front;
    private readonly NetAddress server;
    private readonly Func<Passing, Fate> fault;
    private readonly Dictionary<NetAddress, IDatagramSocket> backs = [];

    public FaultyServer(SimulatedWorld world, NetAddress server, Func<Passing, Fate> fault)
    {
        (this.server, this.fault) = (server, fault);
        loop = world.CreateLoop("faulty");
        front = loop.Bind(NetAddress.Parse("10.0.0.66:4569"), this, DatagramSocketOptions.Signalling);
    }

    public NetAddress Address => front.Local;

    public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        bool fromServer = socket != front;
        NetAddress client = datagram.From;
        if (fromServer) client = backs.First(b => b.Value == socket).Key;
        else if (!backs.ContainsKey(client)) backs[client] = loop.Bind(NetAddress.Parse("10.0.0.66:0"), this, DatagramSocketOptions.Signalling);
        var fate = fault(new Passing(fromServer, client, datagram.Payload.ToArray()));
        foreach (byte[] octets in fate.On) Send(towardsClient: fromServer, octets, client);
        foreach (byte[] octets in fate.Back) Send(towardsClient: !fromServer, octets, client);
        foreach (var (other, octets) in fate.Forwarded) Send(towardsClient: false, octets, other);
        foreach (var (to, octets) in fate.Elsewhere) front.TrySend(octets, to);
    }

    private void Send(bool towardsClient, byte[] octets, NetAddress client)
    {
        if (towardsClient) front.TrySend(octets, client);
        else backs[client].TrySend(octets, server);
    }
}
