namespace Mesh.Io;

/// <summary>
/// One thread of control that owns state: sockets, deadlines and an inbox, served in turn, one input finished before the next is looked at.
/// <see cref="EpollDatagramLoop"/> and <see cref="SocketDatagramLoop"/> run a thread of their own, <see cref="Simulation.SimulatedLoop"/> is stepped in virtual time.
/// A handler that throws is counted, reported and survived.
/// </summary>
public abstract class Loop : IDisposable
{
    private readonly Action<Deadline> pass;
    private long faults;

    protected Loop(string name, MeshClock clock, IChance chance, int inboxCapacity)
    {
        Name = name;
        Clock = clock;
        Chance = chance;
        Inbox = new Inbox(inboxCapacity);
        Deadlines = new DeadlineWheel(clock);
        pass = Pass;
    }

    public const int DefaultInboxCapacity = 65_536;

    public string Name { get; }

    public MeshClock Clock { get; }

    /// <summary>Chance for this loop's thread only.</summary>
    public IChance Chance { get; }

    public Inbox Inbox { get; }

    /// <summary>This loop's timers; touched on its thread only.</summary>
    public DeadlineWheel Deadlines { get; }

    /// <summary>
    /// When, in milliseconds of <see cref="Clock"/>, this loop last had nothing to do. Until it is past a moment, what arrived before that moment may still be unread: whoever takes silence
    /// for an answer asks this first. This loop's thread only.
    /// </summary>
    public virtual long CaughtUpMs => Clock.NowMs;

    /// <summary>Inputs whose handler threw.</summary>
    public long Faults => Volatile.Read(ref faults);

    /// <summary>Told of every fault, on the loop's thread: the host logs it. Must not throw.</summary>
    public Action<string, Exception>? OnFault { get; set; }

    /// <summary>True on the loop's own thread.</summary>
    public abstract bool IsCurrent { get; }

    /// <summary>Binds a UDP socket to this loop. Throws <see cref="System.Net.Sockets.SocketException"/> when the address cannot be bound. Any thread.</summary>
    public abstract IDatagramSocket Bind(NetAddress local, IDatagramReceiver? receiver, DatagramSocketOptions options);

    /// <summary>Begins to run. A simulated loop is stepped by its world instead.</summary>
    public abstract void Start();

    /// <summary>Posts new work from any thread; false when the inbox is full (counted).</summary>
    public bool TryPost(Action<object?> work, object? state = null)
    {
        if (!Inbox.TryAdd(work, state)) return false;
        Wake();
        return true;
    }

    /// <summary>Posts work that continues something already admitted, from any thread; never refused.</summary>
    public void Post(Action<object?> work, object? state = null)
    {
        Inbox.Add(work, state);
        Wake();
    }

    /// <summary>Makes a sleeping loop look at its inbox.</summary>
    protected abstract void Wake();

    /// <summary>Runs at most <paramref name="limit"/> items of the inbox; true when some may be left.</summary>
    protected bool DrainInbox(int limit)
    {
        for (int i = 0; i < limit; i++)
        {
            if (!Inbox.TryTake(out var item)) return false;
            try { item.Work(item.State); }
            catch (Exception e) { Fault("inbox", e); }
        }
        return true;
    }

    protected void PassDeadlines() => Deadlines.Advance(Clock.NowMs, pass);

    /// <summary>Hands a datagram to the socket's receiver; one that throws is counted and survived.</summary>
    protected void Deliver(IDatagramSocket socket, in Datagram datagram)
    {
        socket.Counters.Received++;
        try { socket.Receiver?.OnDatagram(socket, datagram); }
        catch (Exception e) { ReceiverFault(socket, e); }
    }

    /// <summary>Tells the socket's receiver of an ICMP error.</summary>
    protected void DeliverUnreachable(IDatagramSocket socket, NetAddress to)
    {
        socket.Counters.IcmpErrors++;
        try { socket.Receiver?.OnUnreachable(socket, to); }
        catch (Exception e) { ReceiverFault(socket, e); }
    }

    /// <summary>Counts and reports a handler that threw.</summary>
    protected virtual void Fault(string where, Exception e)
    {
        Interlocked.Increment(ref faults);
        try { OnFault?.Invoke(where, e); }
        catch (Exception) { Interlocked.Increment(ref faults); }
    }

    public abstract void Dispose();

    private void ReceiverFault(IDatagramSocket socket, Exception e)
    {
        socket.Counters.ReceiverFaults++;
        Fault("datagram", e);
    }

    private void Pass(Deadline deadline)
    {
        try { deadline.Owner.OnDeadline(deadline); }
        catch (Exception e) { Fault("deadline", e); }
    }
}
