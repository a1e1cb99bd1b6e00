using Mesh.Host.Admin;
using Microsoft.AspNetCore.Connections;

namespace Mesh.Host.Listening;

/// <summary>What the public listeners of a process share: threads, memory, and one sweep over all their connections. Made once; disposed after the listeners.</summary>
public sealed class PublicSide : IMetricSource, IDisposable
{
    private static readonly TimeSpan ExhaustedPause = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider time;
    private readonly ITimer sweep;
    private volatile ConnectionRoom[] rooms = [];
    private int watching, sweeping, relieving;
    private long exhausted;

    public PublicSide(PublicOptions options, TimeProvider time)
    {
        Options = options;
        this.time = time;
        Threads = new PublicThreads(options.Threads);
        Memory = new PublicMemory(options.MemoryOctets) { OnOver = BeginRelief };
        sweep = time.CreateTimer(_ => BeginSweep(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public PublicOptions Options { get; }

    public PublicThreads Threads { get; }

    public PublicMemory Memory { get; }

    /// <summary>A room for one more listener. Before it listens.</summary>
    public ConnectionRoom Open(RoomOptions options)
    {
        var room = new ConnectionRoom(options, Options, time) { OnEntered = Watch };
        rooms = [.. rooms, room];
        return room;
    }

    /// <summary>Lets a Kestrel that is being built take its connections from a room.</summary>
    public void Serve(IServiceCollection services, ConnectionRoom room) => services.AddSingleton<IConnectionListenerFactory>(new PublicTransport(this, room));

    /// <summary>A connection middleware: what Kestrel began on the thread pool goes on here.</summary>
    public ConnectionDelegate Move(ConnectionDelegate next) => async connection =>
    {
        await Threads.NextTurn();
        await next(connection);
    };

    /// <summary>No more sockets can be had: the slowest connection makes room, and after a pause there may be one.</summary>
    internal Task ExhaustedAsync()
    {
        Interlocked.Increment(ref exhausted);
        Relieve(1);
        return Task.Delay(ExhaustedPause, time);
    }

    public void Write(MetricWriter writer)
    {
        Threads.Write(writer);
        Memory.Write(writer);
        writer.Counter("mesh_public_exhausted_total", "Times when no socket was left for a connection: LimitNOFILE is too low.", Volatile.Read(ref exhausted));
        foreach (var room in rooms) room.Write(writer);
    }

    public void Dispose()
    {
        sweep.Dispose();
        Threads.Dispose();
        Memory.Dispose();
    }

    private void BeginRelief()
    {
        if (Interlocked.Exchange(ref relieving, 1) != 0) return;
        Threads.Schedule(static side => ((PublicSide)side!).RelieveMemory(), this);
    }

    private void RelieveMemory()
    {
        Volatile.Write(ref relieving, 0);
        long over = Memory.Over, connections = rooms.Sum(r => r.Count);
        if (over == 0 || connections == 0) return;
        // As many as hold what is too much, by what each holds now; those who were asked before have not given back theirs yet.
        long each = Math.Max(Options.ConnectionOctets, (Options.MemoryOctets + over) / connections);
        Relieve(1 + over / each - rooms.Sum(r => r.Leaving));
    }

    private void Relieve(long connections)
    {
        for (long i = 0; i < connections; i++)
        {
            var slowest = rooms.Where(r => r.SlowestSince is not null).MinBy(r => r.SlowestSince);
            if (slowest is null || !slowest.TryRelieve(LeaveReason.Memory)) return;
        }
    }

    /// <summary>Sweeps from now on: where nobody is, nothing is looked at.</summary>
    private void Watch()
    {
        if (Interlocked.Exchange(ref watching, 1) == 0) sweep.Change(Options.SweepEvery, Options.SweepEvery);
    }

    private void BeginSweep()
    {
        // One at a time: a sweep that waits for its turn is not joined by the next.
        if (Interlocked.Exchange(ref sweeping, 1) != 0) return;
        Threads.Schedule(static side => ((PublicSide)side!).Sweep(), this);
    }

    private void Sweep()
    {
        Volatile.Write(ref sweeping, 0);
        bool isAnybodyThere = false;
        foreach (var room in rooms)
        {
            room.Sweep();
            isAnybodyThere |= room.Count > 0;
        }
        if (isAnybodyThere) return;
        sweep.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Interlocked.Exchange(ref watching, 0);
        // Whoever came since the look found the sweep still going.
        if (rooms.Any(room => room.Count > 0)) Watch();
    }
}
