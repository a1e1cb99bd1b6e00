namespace Mesh.Io.Simulation;

/// <summary>
/// Sites, phones, carriers and the network between them in one thread and in virtual time. Waiting costs nothing, and the same seed gives the same run.
/// A test creates loops, binds endpoints to them, and lets time pass with <see cref="RunFor"/> or <see cref="RunUntil"/>.
/// <code>
/// using var world = new SimulatedWorld(seed: 1);
/// var site = world.CreateLoop("london");
/// var socket = site.Bind(NetAddress.Parse("10.0.0.1:5060"), receiver, DatagramSocketOptions.Signalling);
/// Assert.True(world.RunUntil(() => receiver.Answered, TimeSpan.FromSeconds(32)));
/// </code>
/// </summary>
public sealed class SimulatedWorld : IDisposable
{
    /// <summary>Steps within one microsecond after which the world is taken to be going round in circles.</summary>
    public const int MaxStepsPerInstant = 1_000_000;

    private readonly ulong seed;
    private readonly Agenda agenda = new();
    private readonly List<SimulatedLoop> loops = [];
    private readonly List<SimulatedFault> faults = [];
    private SimulatedLoop? stepping;
    private int thread;
    private ulong chances;
    private bool isRunning;

    public SimulatedWorld(ulong seed = 1, DateTimeOffset? start = null)
    {
        this.seed = seed;
        Clock = new SimulatedClock(agenda, start ?? new DateTimeOffset(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
        Time = new MeshClock(Clock);
        Wire = new SimulatedWire(agenda, CreateChance());
    }

    public SimulatedClock Clock { get; }

    /// <summary><see cref="Clock"/> as loops see it.</summary>
    public MeshClock Time { get; }

    public SimulatedWire Wire { get; }

    /// <summary>Where scripts run in this world.</summary>
    public SimulatedScheduler Scheduler { get; } = new();

    /// <summary>Every handler that threw so far, on any loop.</summary>
    public IReadOnlyList<SimulatedFault> Faults => faults;

    /// <summary>A source of chance of its own, drawn from the world's seed and the order of asking.</summary>
    public IChance CreateChance() => new SeededChance(seed * 0x9E3779B97F4A7C15 + ++chances * 0xD1B54A32D192ED03);

    public SimulatedLoop CreateLoop(string name, int inboxCapacity = Loop.DefaultInboxCapacity)
    {
        var loop = new SimulatedLoop(this, name, CreateChance(), inboxCapacity);
        loops.Add(loop);
        return loop;
    }

    /// <summary>Lets <paramref name="work"/> happen after <paramref name="delay"/>, on no loop: what the test does to the world (a partition, a kill, a post).</summary>
    public void After(TimeSpan delay, Action work) =>
        agenda.Add(agenda.NowMicros + delay.Ticks / TimeSpan.TicksPerMicrosecond, static w => ((Action)w!)(), work);

    /// <summary>Lets exactly <paramref name="duration"/> pass.</summary>
    public void RunFor(TimeSpan duration) => RunUntil(static () => false, duration);

    /// <summary>Lets time pass until <paramref name="condition"/> holds, at most <paramref name="limit"/>. True when it came to hold; else the clock stands at the limit.</summary>
    public bool RunUntil(Func<bool> condition, TimeSpan limit) => Run(condition, agenda.NowMicros + limit.Ticks / TimeSpan.TicksPerMicrosecond);

    /// <summary>Lets time pass until nothing is left to happen, at most <paramref name="limit"/>. False when the limit came first (a periodic deadline never lets a world be idle).</summary>
    public bool RunUntilIdle(TimeSpan limit) => RunUntil(() => NextMicros() == long.MaxValue, limit);

    /// <summary>Runs an async function of the test to its end as a script, at most <paramref name="limit"/> of virtual time; what it throws is thrown.</summary>
    public T Run<T>(Func<Task<T>> script, TimeSpan limit)
    {
        var task = Scheduler.Start(script);
        if (!RunUntil(() => task.IsCompleted, limit)) throw new TimeoutException($"the script did not end within {limit} of virtual time");
        return task.GetAwaiter().GetResult();
    }

    /// <inheritdoc cref="Run{T}"/>
    public void Run(Func<Task> script, TimeSpan limit) => Run(async () => { await script(); return true; }, limit);

    /// <summary>
    /// Ends a process as SIGKILL and a pulled cable do: every socket of the host is gone without a word, and loops that lived on this host only are never stepped again.
    /// Binding there afterwards is the host coming back.
    /// </summary>
    public void KillHost(NetAddress host)
    {
        foreach (var loop in loops.Where(l => l.LivesOnlyOn(host)).ToArray()) loop.Dispose();
        Wire.Kill(host);
    }

    public void Dispose()
    {
        foreach (var loop in loops.ToArray()) loop.Dispose();
    }

    internal void Forget(SimulatedLoop loop) => loops.Remove(loop);

    internal void Record(SimulatedFault fault) => faults.Add(fault);

    internal bool IsStepping(SimulatedLoop loop) => ReferenceEquals(stepping, loop) && thread == Environment.CurrentManagedThreadId;

    internal SimulatedLoop? Enter(SimulatedLoop? loop)
    {
        var previous = stepping;
        stepping = loop;
        thread = Environment.CurrentManagedThreadId;
        return previous;
    }

    internal void Leave(SimulatedLoop? previous) => stepping = previous;

    internal void Step(SimulatedLoop loop, Action<object?> work, object? state)
    {
        var previous = Enter(loop);
        var context = SynchronizationContext.Current;
        // As in Run: what goes on inside this work must not find the test framework's context.
        SynchronizationContext.SetSynchronizationContext(null);
        try { work(state); }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
            Leave(previous);
        }
    }

    private bool Run(Func<bool> condition, long untilMicros)
    {
        if (isRunning) throw new InvalidOperationException("the world is already running: a handler cannot make time pass");
        var context = SynchronizationContext.Current;
        // Without this an await inside a script would resume on the test framework's context, on another thread.
        SynchronizationContext.SetSynchronizationContext(null);
        isRunning = true;
        try
        {
            for (int steps = 0; !condition(); steps++)
            {
                if (steps > MaxStepsPerInstant) throw new InvalidOperationException($"{steps} steps at {Clock.Elapsed}: the world does not move");
                if (StepNow()) continue;
                long next = NextMicros();
                if (next > untilMicros) { agenda.MoveTo(untilMicros); return condition(); }
                if (next > agenda.NowMicros) steps = 0;
                agenda.MoveTo(next);
                if (!agenda.HappenOne()) PassDeadlines();
            }
            return true;
        }
        finally
        {
            isRunning = false;
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    /// <summary>What needs no time: one item of one inbox, else one step of one script. False when there is none.</summary>
    private bool StepNow()
    {
        for (int i = 0; i < loops.Count; i++)
        {
            if (loops[i].StepInbox()) return true;
        }
        return Scheduler.RunOne();
    }

    private void PassDeadlines()
    {
        foreach (var loop in loops.ToArray())
        {
            if (loop.NextMicros <= agenda.NowMicros) loop.StepDeadlines();
        }
    }

    private long NextMicros()
    {
        long next = agenda.NextMicros;
        for (int i = 0; i < loops.Count; i++) next = Math.Min(next, loops[i].NextMicros);
        return next;
    }
}
