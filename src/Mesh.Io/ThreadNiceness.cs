using Mesh.Io.Linux;

namespace Mesh.Io;

/// <summary>Whose turn it is when there are fewer cores than work: Linux keeps a niceness for each thread (nice(2)), -20 the first and 19 the last.</summary>
public static class ThreadNiceness
{
    /// <summary>Of threads that relay voice. Only a process with CAP_SYS_NICE or LimitNICE may have it.</summary>
    public const int Voice = -10;

    /// <summary>Of threads that serve whoever comes. Any process may have it.</summary>
    public const int Public = 10;

    /// <summary>For the calling thread. False when the system does not let us, or has no such thing: the thread goes on as it was.</summary>
    public static bool TrySet(int niceness) => OperatingSystem.IsLinux() && Libc.setpriority(Libc.PriorityProcess, 0, niceness) == 0;
}
