using Mesh.Io.Linux;

namespace Mesh.Io;

/// <summary>How many files and sockets the process may have open (RLIMIT_NOFILE). The runtime raises the soft limit to the hard one when it starts.</summary>
public static class OpenFiles
{
    /// <summary>The soft limit; <see cref="int.MaxValue"/> when there is none or the system does not say.</summary>
    public static unsafe int Limit
    {
        get
        {
            if (!OperatingSystem.IsLinux()) return int.MaxValue;
            nuint* limits = stackalloc nuint[2];
            return Libc.getrlimit(Libc.LimitOpenFiles, limits) != 0 || limits[0] > int.MaxValue ? int.MaxValue : (int)limits[0];
        }
    }
}
