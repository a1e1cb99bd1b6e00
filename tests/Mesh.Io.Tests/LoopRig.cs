using Mesh.Io.Simulation;

namespace Mesh.Io.Tests;

public enum LoopKind { Epoll, Socket, Simulated }

/// <summary>
/// A place for loops of one kind, so that the same test runs over all three. Real loops run by themselves and <see cref="Until"/> looks again and again;
/// simulated ones run while it waits.
/// </summary>
internal sealed class LoopRig(LoopKind kind) : IDisposable
{
    /// <summary>Long enough for a machine shared by many; a test that works never waits for it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly SimulatedWorld world = new(seed: 11);
    private readonly List<Loop> loops = [];

    public static readonly NetAddress Host = NetAddress.Parse("127.77.0.1:0");

    public static TheoryData<LoopKind> All => OperatingSystem.IsLinux() ? [LoopKind.Epoll, LoopKind.Socket, LoopKind.Simulated] : [LoopKind.Socket, LoopKind.Simulated];

    public static TheoryData<LoopKind> Real => OperatingSystem.IsLinux() ? [LoopKind.Epoll, LoopKind.Socket] : [LoopKind.Socket];

    /// <summary>A started loop.</summary>
    public Loop CreateLoop(string name = "loop", int inboxCapacity = Loop.DefaultInboxCapacity)
    {
        var loop = Create(name, inboxCapacity);
        loops.Add(loop);
        loop.Start();
        return loop;
    }

    public Loop Create(string name, int inboxCapacity = Loop.DefaultInboxCapacity, TimeProvider? time = null)
    {
        var clock = new MeshClock(time ?? TimeProvider.System);
        return kind switch
        {
            LoopKind.Epoll when OperatingSystem.IsLinux() => new EpollDatagramLoop(name, clock, new SeededChance(1), inboxCapacity),
            LoopKind.Socket => new SocketDatagramLoop(name, clock, new SeededChance(1), inboxCapacity),
            _ => world.CreateLoop(name, inboxCapacity),
        };
    }

    /// <summary>Waits for <paramref name="condition"/>, and fails the test when it does not come to hold.</summary>
    public void Until(Func<bool> condition)
    {
        bool held = kind == LoopKind.Simulated ? world.RunUntil(condition, Limit) : SpinWait.SpinUntil(condition, Limit);
        Assert.True(held, "waited in vain");
    }

    /// <summary>Runs <paramref name="work"/> on the loop's thread and returns what it returned.</summary>
    public T On<T>(Loop loop, Func<T> work)
    {
        T result = default!;
        bool done = false;
        loop.Post(_ =>
        {
            result = work();
            Volatile.Write(ref done, true);
        });
        Until(() => Volatile.Read(ref done));
        return result;
    }

    public void On(Loop loop, Action work) => On(loop, () => { work(); return true; });

    public void Dispose()
    {
        foreach (var loop in loops) loop.Dispose();
        world.Dispose();
    }
}
