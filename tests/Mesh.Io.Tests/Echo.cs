namespace Mesh.Io.Tests;

/// <summary>Answers every datagram with the same payload, and keeps a copy.</summary>
internal sealed class Echo : IDatagramReceiver
{
    public List<(long AtMicros, byte[] Payload, NetAddress From)> Received { get; } = [];

    public List<NetAddress> Unreachable { get; } = [];

    public bool Answers { get; init; } = true;

    public void OnDatagram(IDatagramSocket socket, in Datagram datagram)
    {
        Received.Add((datagram.ReceivedAtMicros, datagram.Payload.ToArray(), datagram.From));
        if (Answers) socket.TrySend(datagram.Payload, datagram.From);
    }

    public void OnUnreachable(IDatagramSocket socket, NetAddress to) => Unreachable.Add(to);
}
