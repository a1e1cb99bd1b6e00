namespace Mesh.Io;

/// <summary>The right loop for the system the program runs on.</summary>
public static class DatagramLoops
{
    /// <summary>An epoll loop on Linux, a portable one elsewhere; not yet started. <paramref name="chance"/> belongs to the loop's thread from then on.</summary>
    public static Loop Create(string name, MeshClock clock, IChance chance, int inboxCapacity = Loop.DefaultInboxCapacity) =>
        OperatingSystem.IsLinux()
            ? new EpollDatagramLoop(name, clock, chance, inboxCapacity)
            : new SocketDatagramLoop(name, clock, chance, inboxCapacity);
}
