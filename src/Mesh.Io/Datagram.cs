namespace Mesh.Io;

/// <summary>
/// One received datagram, valid only during the call that delivers it. <see cref="Buffer"/> belongs to the loop and has at least <see cref="Headroom"/> octets
/// before the payload, so that a relay can put another header in front without copying.
/// </summary>
public readonly ref struct Datagram(Span<byte> buffer, int length, NetAddress from, long receivedAtMicros)
{
    /// <summary>Octets free in front of every payload.</summary>
    public const int Headroom = 64;

    /// <summary>Largest payload a loop receives; a longer one is dropped and counted.</summary>
    public const int MaxPayload = 65_507;

    public Span<byte> Buffer { get; } = buffer;

    public int Length { get; } = length;

    public NetAddress From { get; } = from;

    /// <summary>Microseconds of the loop's <see cref="MeshClock"/>.</summary>
    public long ReceivedAtMicros { get; } = receivedAtMicros;

    public Span<byte> Payload => Buffer.Slice(Headroom, Length);
}

/// <summary>Takes the datagrams of a socket, on the thread of the loop the socket is bound to. May throw: the loop counts it and goes on.</summary>
public interface IDatagramReceiver
{
    void OnDatagram(IDatagramSocket socket, in Datagram datagram);

    /// <summary>
    /// An ICMP error came back for a datagram sent to <paramref name="to"/>: nothing listens there, or no route leads there. A hint, for anybody may forge one; RFC 3261
    /// 8.1.3.1 treats it as a 503. Systems other than Linux mostly keep it to themselves.
    /// </summary>
    void OnUnreachable(IDatagramSocket socket, NetAddress to) { }
}
