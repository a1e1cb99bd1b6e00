namespace Mesh.Io;

/// <summary>
/// A loop with a thread of its own, which waits for datagrams until the next deadline or a post, serves a batch of them, passes deadlines, and runs part of the inbox, for ever.
/// What waiting means is left to <see cref="EpollDatagramLoop"/> and <see cref="SocketDatagramLoop"/>.
/// </summary>
public abstract class ThreadLoop : Loop
{
    /// <summary>Most items of the inbox, and most datagrams, between two looks at the others.</summary>
    protected const int Batch = 256;

    /// <summary>A wait of this length was one: nothing was there to be read when it began. Microseconds; a system call alone may take tens.</summary>
    private const int IdleMicros = 200;

    /// <summary>How long <see cref="Dispose"/> waits for the handler that is running.</summary>
    public static readonly TimeSpan DisposeLimit = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Thread thread;
    private SleepFlag sleep;
    private bool started, stopping;
    private long asleepMicros = -1, caughtUpMs;

    private protected ThreadLoop(string name, MeshClock clock, IChance chance, int inboxCapacity) : base(name, clock, chance, inboxCapacity) =>
        thread = new Thread(Run) { Name = name, IsBackground = true };

    public sealed override bool IsCurrent => Thread.CurrentThread == thread;

    public sealed override long CaughtUpMs => caughtUpMs;

    protected bool IsStopping => Volatile.Read(ref stopping);

    public sealed override void Start()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(stopping, this);
            if (started) throw new InvalidOperationException($"the loop {Name} was started before");
            started = true;
        }
        thread.Start();
    }

    /// <summary>Ends the loop and closes its sockets; from a thread other than its own, waits for that, at most <see cref="DisposeLimit"/>. What is left in the inbox is not run.</summary>
    public sealed override void Dispose()
    {
        lock (gate)
        {
            bool first = !stopping;
            Volatile.Write(ref stopping, true);
            if (!started)
            {
                if (first) CloseAll();
                return;
            }
        }
        Wake();
        if (!IsCurrent) thread.Join(DisposeLimit);
    }

    protected sealed override void Wake()
    {
        if (sleep.ShouldWake()) Signal();
    }

    /// <summary>Waits at most <paramref name="timeoutMs"/> (-1 for ever), then delivers what has arrived, at most <see cref="Batch"/> datagrams. Calls <see cref="WakeUp"/> when it has waited.</summary>
    private protected abstract void Serve(int timeoutMs);

    /// <summary>Ends the wait of <see cref="Serve"/>, from any thread; may be heard too late, then the next wait ends at once.</summary>
    private protected abstract void Signal();

    /// <summary>Closes the sockets and whatever the loop waits on. Called once, when nothing is being served.</summary>
    private protected abstract void CloseAll();

    private protected void WakeUp()
    {
        sleep.WakeUp();
        if (asleepMicros < 0) return;
        long now = Clock.NowMicros;
        if (now - asleepMicros >= IdleMicros) caughtUpMs = now / 1000;
        asleepMicros = -1;
    }

    private void Run()
    {
        bool more = false;
        try
        {
            while (!IsStopping)
            {
                Serve(more ? 0 : FallAsleep(Deadlines.NextInMs(Clock.NowMs)));
                PassDeadlines();
                more = DrainInbox(Batch);
            }
        }
        finally { CloseAll(); }
    }

    private int FallAsleep(int timeoutMs)
    {
        if (timeoutMs == 0) return 0;
        sleep.FallAsleep();
        asleepMicros = Clock.NowMicros;
        return Inbox.Count > 0 || IsStopping ? 0 : timeoutMs;
    }
}
