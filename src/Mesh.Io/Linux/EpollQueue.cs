using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Mesh.Io.Linux;

/// <summary>
/// An epoll instance and the batch of events it last gave. <c>struct epoll_event</c> is packed on x86 (events 4 octets, data 8) and padded elsewhere (4, 4, 8),
/// so it is read by offset.
/// </summary>
internal sealed unsafe class EpollQueue : IDisposable
{
    private const int MaxStride = 16;
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? 4 : 8;
    private static readonly int Stride = DataOffset + 8;

    private readonly Descriptor epoll;
    private readonly byte[] batch;
    private readonly byte* events;

    public EpollQueue(int capacity)
    {
        Capacity = capacity;
        int number = Libc.epoll_create1(Libc.EpollCloseOnExec);
        if (number < 0) throw new InvalidOperationException($"epoll_create1: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError())}");
        epoll = new Descriptor(number);
        batch = GC.AllocateArray<byte>(capacity * MaxStride, pinned: true);
        events = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(batch));
    }

    /// <summary>Most events of one batch.</summary>
    public int Capacity { get; }

    /// <summary>Waits at most <paramref name="timeoutMs"/> (-1 for ever) and returns how many events there are; 0 after a signal.</summary>
    public int Wait(int timeoutMs)
    {
        int count = Libc.epoll_wait(epoll.Number, events, Capacity, timeoutMs);
        if (count >= 0) return count;
        int errno = Marshal.GetLastPInvokeError();
        if (errno == Errno.Interrupted) return 0;
        throw new InvalidOperationException($"epoll_wait: {Marshal.GetPInvokeErrorMessage(errno)}");
    }

    /// <summary>The <paramref name="index"/>th event of the batch.</summary>
    public (uint Events, ulong Tag) this[int index]
    {
        get
        {
            byte* at = events + index * Stride;
            return (Unsafe.ReadUnaligned<uint>(at), Unsafe.ReadUnaligned<ulong>(at + DataOffset));
        }
    }

    /// <summary>Begins to report, level triggered, what can be read from <paramref name="descriptor"/> and its errors. Returns 0 or the error.</summary>
    public int Add(int descriptor, ulong tag)
    {
        byte* interest = stackalloc byte[MaxStride];
        Unsafe.WriteUnaligned(interest, Libc.EpollIn);
        Unsafe.WriteUnaligned(interest + DataOffset, tag);
        return Control(Libc.EpollAdd, descriptor, interest);
    }

    public void Remove(int descriptor)
    {
        byte* unused = stackalloc byte[MaxStride];
        Control(Libc.EpollDelete, descriptor, unused);
    }

    public void Dispose() => epoll.Dispose();

    private int Control(int operation, int descriptor, byte* interest)
    {
        if (!epoll.TryHold()) return 0;
        try { return Libc.epoll_ctl(epoll.Number, operation, descriptor, interest) == 0 ? 0 : Marshal.GetLastSystemError(); }
        finally { epoll.DangerousRelease(); }
    }
}
