using System.Runtime.InteropServices;
using Mesh.Io.Linux;

namespace Mesh.Io;

/// <summary>
/// Whose turn it is when there is more work than cores: Linux keeps a niceness for each thread (nice(2)), -20 the first and 19 the last. A new thread has that of the thread that began it.
/// </summary>
public static class ThreadNiceness
{
    /// <summary>Of threads that relay voice, to be added to the process's. Only a process with CAP_SYS_NICE or LimitNICE may have it.</summary>
    public const int Voice = -10;

    /// <summary>What the process was started with.</summary>
    public static int OfProcess { get; } = Read();

    /// <summary>For the calling thread, so much above or below the process's. False when the system does not let us, or has no such thing: the thread goes on as it was.</summary>
    public static bool TrySet(int above) => OperatingSystem.IsLinux() && Libc.setpriority(Libc.PriorityProcess, 0, Math.Clamp(OfProcess + above, -20, 19)) == 0;

    private static int Read()
    {
        if (!OperatingSystem.IsLinux()) return 0;
        // Any number may be a niceness: an error shows in errno alone.
        Marshal.SetLastSystemError(0);
        int found = Libc.getpriority(Libc.PriorityProcess, (uint)Environment.ProcessId);
        return Marshal.GetLastSystemError() == 0 ? found : 0;
    }
}
