using System.Buffers;

namespace Mesh.Io;

/// <summary>
/// One impaired direction among real sockets: <see cref="ImpairedPath"/> decides, the loop's wheel holds back what comes later. What is due within a millisecond goes at once,
/// for a wheel cannot tell less. Touched on the loop's thread only.
/// </summary>
internal sealed class ImpairedDirection : IDeadlineOwner
{
    /// <summary>Takes a datagram that arrives: <paramref name="length"/> octets behind <see cref="Datagram.Headroom"/> ones, valid during the call only.</summary>
    internal delegate void Arrival(byte[] buffer, int length, NetAddress address);

    private const int TickMicros = 1_000;
    private readonly Loop loop;
    private readonly ImpairedPath path;
    private readonly Arrival arrive;
    private readonly int mostHeld;
    private readonly Deadline due;
    private readonly PriorityQueue<Held, (long AtMicros, long Order)> held = new();
    private readonly byte[] buffer = new byte[Datagram.Headroom + Datagram.MaxPayload];
    private long order;

    private readonly record struct Held(byte[] Buffer, int Length, NetAddress Address);

    public ImpairedDirection(Loop loop, Impairment impairment, IChance chance, int mostHeld, Arrival arrive)
    {
        (this.loop, this.arrive, this.mostHeld) = (loop, arrive, mostHeld);
        path = new ImpairedPath(impairment, chance, Counters);
        due = new Deadline(this);
    }

    public RealPathCounters Counters { get; } = new();

    public Impairment Impairment { get => path.Impairment; set => path.Impairment = value; }

    /// <summary>A datagram sets out; whoever has the other end of it is <paramref name="address"/>.</summary>
    public void Send(ReadOnlySpan<byte> payload, NetAddress address)
    {
        long now = loop.Clock.NowMicros;
        ArriveDue(now);
        var passage = path.Send(now, payload.Length);
        for (int i = 0; i < passage.Count; i++)
        {
            var copy = passage[i];
            if (copy.AtMicros - now < TickMicros && !(held.TryPeek(out _, out var first) && first.AtMicros <= copy.AtMicros))
                Arrive(buffer, copy.Write(payload, buffer.AsSpan(Datagram.Headroom)), address);
            else Hold(copy, payload, address);
        }
        Arm(now);
    }

    /// <summary>Forgets what is on its way.</summary>
    public void Clear()
    {
        loop.Deadlines.Disarm(due);
        while (held.TryDequeue(out var one, out _)) ArrayPool<byte>.Shared.Return(one.Buffer);
        Counters.Held = 0;
    }

    void IDeadlineOwner.OnDeadline(Deadline deadline)
    {
        long now = loop.Clock.NowMicros;
        ArriveDue(now);
        Arm(now);
    }

    private void Hold(in PassingCopy copy, ReadOnlySpan<byte> payload, NetAddress address)
    {
        if (held.Count >= mostHeld) { Counters.HeldRefused++; return; }
        byte[] rented = ArrayPool<byte>.Shared.Rent(Datagram.Headroom + payload.Length);
        held.Enqueue(new Held(rented, copy.Write(payload, rented.AsSpan(Datagram.Headroom)), address), (copy.AtMicros, order++));
        Counters.Held = held.Count;
    }

    private void ArriveDue(long nowMicros)
    {
        while (held.TryPeek(out var one, out var at) && at.AtMicros <= nowMicros)
        {
            held.Dequeue();
            Counters.Held = held.Count;
            try { Arrive(one.Buffer, one.Length, one.Address); }
            finally { ArrayPool<byte>.Shared.Return(one.Buffer); }
        }
    }

    private void Arrive(byte[] from, int length, NetAddress address)
    {
        Counters.Delivered++;
        arrive(from, length, address);
    }

    private void Arm(long nowMicros)
    {
        if (!held.TryPeek(out _, out var first)) return;
        loop.Deadlines.Arm(due, Math.Max(1, (first.AtMicros - nowMicros + TickMicros - 1) / TickMicros));
    }
}
