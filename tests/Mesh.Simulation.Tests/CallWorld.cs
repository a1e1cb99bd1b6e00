using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Simulation.Tests;

/// <summary>What sites and phones live in: real loops on real loopback, or loops of a simulated world in virtual time. What is played in it does not know which.</summary>
public abstract class CallWorld : IDisposable
{
    /// <summary>Where scripts run.</summary>
    public abstract TaskScheduler Scripts { get; }

    public abstract Loop CreateLoop(string name);

    /// <summary>Starts the loops and plays.</summary>
    public abstract Task PlayAsync(Func<Task> play, TimeSpan limit);

    /// <summary>Stops the loops: afterwards what lived on them may be disposed.</summary>
    public abstract void Dispose();
}

public sealed class RealWorld : CallWorld
{
    private readonly MeshClock clock = new(TimeProvider.System);
    private readonly List<Loop> loops = [];

    public override TaskScheduler Scripts => TaskScheduler.Default;

    public override Loop CreateLoop(string name)
    {
        var loop = DatagramLoops.Create(name, clock, new CryptoChance());
        loops.Add(loop);
        return loop;
    }

    public override Task PlayAsync(Func<Task> play, TimeSpan limit)
    {
        foreach (var loop in loops) loop.Start();
        return play().WaitAsync(limit);
    }

    public override void Dispose()
    {
        foreach (var loop in loops) loop.Dispose();
        Assert.All(loops, loop => Assert.Equal(0, loop.Faults));
    }
}

public sealed class VirtualWorld(ulong seed) : CallWorld
{
    private readonly SimulatedWorld world = new(seed);

    public SimulatedWire Wire => world.Wire;

    /// <summary>SIGKILL of everything on a host.</summary>
    public void Kill(NetAddress host) => world.KillHost(host);

    public override TaskScheduler Scripts => world.Scheduler;

    public override Loop CreateLoop(string name) => world.CreateLoop(name);

    public override Task PlayAsync(Func<Task> play, TimeSpan limit)
    {
        world.Run(play, limit);
        return Task.CompletedTask;
    }

    public override void Dispose()
    {
        Assert.Empty(world.Faults);
        world.Dispose();
    }
}
