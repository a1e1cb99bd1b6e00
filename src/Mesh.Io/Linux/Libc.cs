using System.Runtime.InteropServices;

namespace Mesh.Io.Linux;

/// <summary>
/// The system calls the epoll loop lives on, blittable. Those that cannot block keep the thread in cooperative mode, which saves the transition;
/// they set no last error: ask <see cref="Marshal.GetLastSystemError"/> at once when the result is negative.
/// </summary>
internal static unsafe partial class Libc
{
    public const int AddressFamilyIPv4 = 2, AddressFamilyIPv6 = 10;
    public const int DatagramNonBlockingCloseOnExec = 2 | 0x800 | 0x80000;
    public const int SolSocket = 1, SoSendBuffer = 7, SoReceiveBuffer = 8, SoSendBufferForce = 32, SoReceiveBufferForce = 33, SoMemoryInfo = 55;
    public const int LevelIPv4 = 0, IpTos = 1, IpReceiveErrors = 11;
    public const int LevelIPv6 = 41, Ipv6ReceiveErrors = 25, Ipv6Only = 26, Ipv6TrafficClass = 67;
    public const int MsgTruncated = 0x20, MsgErrorQueue = 0x2000;
    public const int EpollCloseOnExec = 0x80000, EpollAdd = 1, EpollDelete = 2;
    public const uint EpollIn = 1, EpollError = 8;
    public const int EventNonBlockingCloseOnExec = 0x800 | 0x80000;
    public const int PriorityProcess = 0, LimitOpenFiles = 7;

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int socket(int family, int type, int protocol);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int bind(int descriptor, byte* address, uint length);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int getsockname(int descriptor, byte* address, uint* length);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int setsockopt(int descriptor, int level, int name, int* value, uint length);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int getsockopt(int descriptor, int level, int name, void* value, uint* length);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial nint recvfrom(int descriptor, byte* buffer, nuint length, int flags, byte* address, uint* addressLength);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial nint recvmsg(int descriptor, MessageHeader* message, int flags);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial nint sendto(int descriptor, byte* buffer, nuint length, int flags, byte* address, uint addressLength);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial nint read(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial nint write(int descriptor, byte* buffer, nuint length);

    [LibraryImport("libc")]
    public static partial int close(int descriptor);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int eventfd(uint initial, int flags);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int epoll_create1(int flags);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* interest);

    /// <summary>With <see cref="PriorityProcess"/> and 0: of the calling thread (setpriority(2), "C library/kernel differences").</summary>
    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int setpriority(int which, uint who, int niceness);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int getpriority(int which, uint who);

    [LibraryImport("libc"), SuppressGCTransition]
    public static partial int getrlimit(int resource, nuint* softAndHard);

    /// <summary>May block, so it makes the transition, and the runtime keeps its error.</summary>
    [LibraryImport("libc", SetLastError = true)]
    public static partial int epoll_wait(int epoll, byte* events, int capacity, int timeoutMs);

    /// <summary><c>struct msghdr</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct MessageHeader
    {
        public byte* Name;
        public uint NameLength;
        public Segment* Segments;
        public nuint SegmentCount;
        public byte* Control;
        public nuint ControlLength;
        public int Flags;
    }

    /// <summary><c>struct iovec</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Segment
    {
        public byte* Base;
        public nuint Length;
    }
}
