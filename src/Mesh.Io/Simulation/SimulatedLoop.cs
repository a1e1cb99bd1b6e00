using System.Net;
using System.Net.Sockets;

namespace Mesh.Io.Simulation;

/// <summary>
/// A loop without a thread: its <see cref="SimulatedWorld"/> steps it. It behaves as the real ones do, in virtual time: one input is finished before the next is looked at,
/// the inbox is bounded, a receiver that throws is counted.
/// </summary>
public sealed class SimulatedLoop : Loop
{
    private readonly SimulatedWorld world;
    private readonly List<SimulatedSocket> sockets = [];
    private readonly byte[] buffer = new byte[Datagram.Headroom + Datagram.MaxPayload];
    private bool stopped;
    private long? behindSinceMs;

    internal SimulatedLoop(SimulatedWorld world, string name, IChance chance, int inboxCapacity) : base(name, world.Time, chance, inboxCapacity) =>
        this.world = world;

    /// <summary>True while the world steps this loop, or inside <see cref="Invoke"/>.</summary>
    public override bool IsCurrent => world.IsStepping(this);

    /// <inheritdoc/>
    public override long CaughtUpMs => behindSinceMs ?? Clock.NowMs;

    /// <summary>From now on the loop says that it has more to read than it can, as a real one short of time does; what it reads is still read at once.</summary>
    public bool IsBehind
    {
        get => behindSinceMs is not null;
        set => behindSinceMs = value ? Clock.NowMs : null;
    }

    /// <summary>Binds an address on the world's wire; any address exists there, port 0 picks a free one. The wildcard address is refused, for a world has many hosts.</summary>
    public override IDatagramSocket Bind(NetAddress local, IDatagramReceiver? receiver, DatagramSocketOptions options)
    {
        var host = local.ToIPAddress();
        if (stopped) throw new ObjectDisposedException(Name);
        if (host.Equals(IPAddress.Any) || host.Equals(IPAddress.IPv6Any))
            throw new SocketException((int)SocketError.AddressNotAvailable, $"cannot bind {local}: a simulated socket needs the address of its host");
        if (local.Port == 0) local = world.Wire.FreePort(local);
        else if (world.Wire.IsBound(local)) throw new SocketException((int)SocketError.AddressAlreadyInUse, $"cannot bind {local}: the address is in use");
        var socket = new SimulatedSocket(this, world.Wire, local, receiver);
        world.Wire.Bind(socket);
        sockets.Add(socket);
        return socket;
    }

    /// <summary>Does nothing: the world steps the loop from the beginning.</summary>
    public override void Start() { }

    /// <summary>Runs <paramref name="work"/> now, as if on the loop's thread, from a test's own code between two runs of the world. What it throws is thrown.</summary>
    public void Invoke(Action work) => world.Step(this, static w => ((Action)w!)(), work);

    /// <inheritdoc cref="Invoke(Action)"/>
    public T Invoke<T>(Func<T> work)
    {
        T result = default!;
        Invoke(() => { result = work(); });
        return result;
    }

    public override void Dispose()
    {
        stopped = true;
        foreach (var socket in sockets.ToArray()) socket.Dispose();
        world.Forget(this);
    }

    protected override void Wake() { }

    protected override void Fault(string where, Exception e)
    {
        world.Record(new SimulatedFault(Name, where, e));
        base.Fault(where, e);
    }

    /// <summary>When a deadline may pass, in virtual microseconds; <see cref="long.MaxValue"/> when none is armed.</summary>
    internal long NextMicros
    {
        get
        {
            int inMs = Deadlines.NextInMs(Clock.NowMs);
            return inMs < 0 ? long.MaxValue : (Clock.NowMs + inMs) * 1000;
        }
    }

    /// <summary>Runs the first thing that was posted; false when nothing was.</summary>
    internal bool StepInbox()
    {
        if (Inbox.Count == 0 || stopped) return false;
        world.Step(this, static loop => ((SimulatedLoop)loop!).DrainInbox(1), this);
        return true;
    }

    internal void StepDeadlines()
    {
        if (!stopped) world.Step(this, static loop => ((SimulatedLoop)loop!).PassDeadlines(), this);
    }

    internal void Arrive(SimulatedSocket socket, ReadOnlySpan<byte> payload, NetAddress from)
    {
        payload.CopyTo(buffer.AsSpan(Datagram.Headroom));
        var previous = world.Enter(this);
        Deliver(socket, new Datagram(buffer, payload.Length, from, Clock.NowMicros));
        world.Leave(previous);
        // Whoever kept the buffer, against the contract, finds out here and not in production.
        buffer.AsSpan(0, Datagram.Headroom + payload.Length).Fill(0xDD);
    }

    internal void ArriveUnreachable(SimulatedSocket socket, NetAddress to)
    {
        if (!socket.IsOpen) return;
        var previous = world.Enter(this);
        DeliverUnreachable(socket, to);
        world.Leave(previous);
    }

    internal void Forget(SimulatedSocket socket) => sockets.Remove(socket);

    /// <summary>True when the loop has sockets and all of them are on <paramref name="host"/>.</summary>
    internal bool LivesOnlyOn(NetAddress host) => sockets.Count > 0 && sockets.TrueForAll(s => s.Local.SameHost(host));
}
