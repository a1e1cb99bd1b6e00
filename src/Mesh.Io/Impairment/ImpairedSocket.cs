namespace Mesh.Io;

/// <summary>
/// A socket on a network made bad on purpose: what is sent goes through <see cref="Impairments.Out"/>, what is received through <see cref="Impairments.In"/>, before anybody
/// else sees it. For fault injection by a tester. Sending from another thread than the loop's copies the datagram and posts it.
/// </summary>
public sealed class ImpairedSocket : IDatagramSocket, IDatagramReceiver
{
    /// <summary>Datagrams of one direction on their way at once.</summary>
    public const int MostHeld = 65_536;

    private readonly Loop loop;
    private readonly IDatagramSocket inner;
    private readonly ImpairedDirection outward, inward;
    private readonly Action<object?> sendPosted;
    private volatile bool disposed;

    /// <param name="loop">The loop <paramref name="inner"/> is bound to.</param>
    /// <param name="inner">Given over: its receiver is replaced, and it is disposed with this one.</param>
    /// <param name="receiver">Takes what arrives.</param>
    /// <param name="impairments">What is done to datagrams.</param>
    public ImpairedSocket(Loop loop, IDatagramSocket inner, IDatagramReceiver? receiver, Impairments impairments)
    {
        (this.loop, this.inner, Receiver) = (loop, inner, receiver);
        var chance = impairments.CreateChance(loop.Chance);
        outward = new ImpairedDirection(loop, impairments.Out, chance, MostHeld, Leave);
        inward = new ImpairedDirection(loop, impairments.In, new SeededChance(chance.NextUInt64()), MostHeld, Arrive);
        sendPosted = SendPosted;
        inner.Receiver = this;
    }

    public NetAddress Local => inner.Local;

    public IDatagramReceiver? Receiver { get; set; }

    public DatagramCounters Counters => inner.Counters;

    public long KernelDropped => inner.KernelDropped;

    public RealPathCounters OutCounters => outward.Counters;

    public RealPathCounters InCounters => inward.Counters;

    /// <summary>What is done from now on; the seed is the first description's. On the loop's thread.</summary>
    public void Replace(Impairments impairments) => (outward.Impairment, inward.Impairment) = (impairments.Out, impairments.In);

    /// <summary>True also when the datagram will be lost: a sender does not learn that.</summary>
    public bool TrySend(ReadOnlySpan<byte> payload, NetAddress to)
    {
        if (disposed) return false;
        if (payload.Length > Datagram.MaxPayload || to.IsIPv4 != Local.IsIPv4) return inner.TrySend(payload, to);
        if (loop.IsCurrent) outward.Send(payload, to);
        else loop.Post(sendPosted, new Posted(payload.ToArray(), to));
        return true;
    }

    void IDatagramReceiver.OnDatagram(IDatagramSocket socket, in Datagram datagram) => inward.Send(datagram.Payload, datagram.From);

    void IDatagramReceiver.OnUnreachable(IDatagramSocket socket, NetAddress to) => Receiver?.OnUnreachable(this, to);

    public void Dispose()
    {
        if (disposed) return;
        disposed = true;
        inner.Dispose();
        if (loop.IsCurrent) Clear(null);
        else loop.Post(Clear);
    }

    private void SendPosted(object? posted)
    {
        var (payload, to) = (Posted)posted!;
        if (!disposed) outward.Send(payload, to);
    }

    private void Leave(byte[] buffer, int length, NetAddress to)
    {
        if (!disposed) inner.TrySend(buffer.AsSpan(Datagram.Headroom, length), to);
    }

    private void Arrive(byte[] buffer, int length, NetAddress from)
    {
        if (!disposed) Receiver?.OnDatagram(this, new Datagram(buffer, length, from, loop.Clock.NowMicros));
    }

    private void Clear(object? _)
    {
        outward.Clear();
        inward.Clear();
    }

    private sealed record Posted(byte[] Payload, NetAddress To);
}
