namespace Mesh.Io;

/// <summary>
/// Stands between two endpoints on real sockets and forwards every datagram as <see cref="Impairments"/> say. Neither end needs to know: each sees one address of the relay's
/// and takes it for the other end. What comes from anybody else is dropped and counted. One loop's.
/// <code>
/// near end  127.0.0.1:4569 -> near side 127.9.0.2:4569  |relay|  far side 127.9.0.1:4569 -> far end 127.0.0.2:4569
/// </code>
/// </summary>
public sealed class ImpairmentRelay : IDisposable
{
    private readonly Loop loop;
    private readonly Side near, far;
    private readonly ImpairedDirection outward, inward;

    /// <summary>Binds both sides and forwards from then on. Before the loop starts, or on its thread.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A side cannot be bound.</exception>
    public ImpairmentRelay(Loop loop, ImpairmentRelayOptions options)
    {
        this.loop = loop;
        var chance = options.Impairments.CreateChance(loop.Chance);
        outward = new ImpairedDirection(loop, options.Impairments.Out, chance, options.MostHeld, (buffer, length, _) => Forward(far!, buffer, length));
        inward = new ImpairedDirection(loop, options.Impairments.In, new SeededChance(chance.NextUInt64()), options.MostHeld, (buffer, length, _) => Forward(near!, buffer, length));
        near = new Side(loop, options.NearSide, options.NearEnd, outward);
        try { far = new Side(loop, options.FarSide, options.FarEnd, inward); }
        catch { near.Dispose(); throw; }
    }

    /// <summary>Where the near end sends to.</summary>
    public NetAddress NearSide => near.Local;

    /// <summary>Where the far end sends to.</summary>
    public NetAddress FarSide => far.Local;

    /// <summary>From the near end to the far end.</summary>
    public RealPathCounters OutCounters => outward.Counters;

    /// <summary>From the far end to the near end.</summary>
    public RealPathCounters InCounters => inward.Counters;

    /// <summary>Changes what is done from now on; the seed stays. Any thread, soon after.</summary>
    public void Replace(Impairments impairments) =>
        loop.Post(_ => (outward.Impairment, inward.Impairment) = (impairments.Out, impairments.In));

    public void Dispose()
    {
        near.Dispose();
        far.Dispose();
        if (loop.IsCurrent) Clear(null);
        else loop.Post(Clear);
    }

    private static void Forward(Side to, byte[] buffer, int length) => to.TrySend(buffer.AsSpan(Datagram.Headroom, length));

    private void Clear(object? _)
    {
        outward.Clear();
        inward.Clear();
    }

    /// <summary>The socket one end talks to.</summary>
    private sealed class Side : IDatagramReceiver, IDisposable
    {
        private readonly IDatagramSocket socket;
        private readonly NetAddress end;
        private readonly ImpairedDirection away;

        public Side(Loop loop, NetAddress local, NetAddress end, ImpairedDirection away)
        {
            (this.end, this.away) = (end, away);
            socket = loop.Bind(local, this, DatagramSocketOptions.Media with { ReceiveBufferBytes = 4 << 20, SendBufferBytes = 1 << 20 });
        }

        public NetAddress Local => socket.Local;

        public bool TrySend(ReadOnlySpan<byte> payload) => socket.TrySend(payload, end);

        void IDatagramReceiver.OnDatagram(IDatagramSocket socket, in Datagram datagram)
        {
            if (datagram.From == end) away.Send(datagram.Payload, end);
            else away.Counters.Strangers++;
        }

        public void Dispose() => socket.Dispose();
    }
}
