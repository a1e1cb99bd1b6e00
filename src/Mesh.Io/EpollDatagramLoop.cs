using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Mesh.Io.Linux;

namespace Mesh.Io;

/// <summary>
/// The loop for Linux: epoll, level triggered, one datagram from every ready socket and then the next, so that a flooded port delays the others by one datagram each.
/// Ten thousand bound sockets cost nothing while silent, and a datagram allocates nothing.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed unsafe class EpollDatagramLoop : ThreadLoop
{
    private const ulong WakeTag = ulong.MaxValue;
    private const int ErrorBatch = 16;

    private readonly EpollQueue queue = new(Batch);
    private readonly EpollSocketTable sockets = new();
    private readonly Descriptor wake;
    private readonly byte[] buffer = GC.AllocateUninitializedArray<byte>(Datagram.Headroom + Datagram.MaxPayload, pinned: true);
    private readonly byte* payload;

    public EpollDatagramLoop(string name, MeshClock clock, IChance chance, int inboxCapacity = DefaultInboxCapacity) : base(name, clock, chance, inboxCapacity)
    {
        payload = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(buffer)) + Datagram.Headroom;
        int number = Libc.eventfd(0, Libc.EventNonBlockingCloseOnExec);
        if (number < 0) throw new InvalidOperationException($"eventfd: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastSystemError())}");
        wake = new Descriptor(number);
        queue.Add(number, WakeTag);
    }

    public override IDatagramSocket Bind(NetAddress local, IDatagramReceiver? receiver, DatagramSocketOptions options)
    {
        ObjectDisposedException.ThrowIf(IsStopping, this);
        var (descriptor, bound) = DatagramDescriptor.Open(local, options);
        var socket = new EpollDatagramSocket(this, descriptor, bound, receiver);
        sockets.Add(socket);
        int errno = queue.Add(descriptor.Number, socket.Tag);
        if (errno != 0)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.NoBufferSpaceAvailable, $"cannot bind {local}: epoll_ctl: {Marshal.GetPInvokeErrorMessage(errno)}");
        }
        // Disposed in between: nobody else would close it.
        if (IsStopping) socket.Dispose();
        return socket;
    }

    /// <summary>Called once by each socket, from any thread.</summary>
    internal void Close(EpollDatagramSocket socket)
    {
        sockets.Remove(socket);
        if (socket.Descriptor.TryHold())
        {
            queue.Remove(socket.Descriptor.Number);
            socket.Descriptor.DangerousRelease();
        }
        socket.Descriptor.Dispose();
    }

    private protected override void Serve(int timeoutMs)
    {
        int count = queue.Wait(timeoutMs);
        WakeUp();
        for (int i = 0; i < count; i++)
        {
            var (events, tag) = queue[i];
            if (tag == WakeTag) HearSignal();
            else if (sockets.Find(tag) is { } socket) Serve(socket, events);
        }
    }

    private protected override void Signal()
    {
        ulong one = 1;
        if (!wake.TryHold()) return;
        Libc.write(wake.Number, (byte*)&one, sizeof(ulong));
        wake.DangerousRelease();
    }

    private protected override void CloseAll()
    {
        foreach (var socket in sockets.ToArray()) socket.Dispose();
        queue.Dispose();
        wake.Dispose();
    }

    private void HearSignal()
    {
        ulong count;
        Libc.read(wake.Number, (byte*)&count, sizeof(ulong));
    }

    [SkipLocalsInit]
    private void Serve(EpollDatagramSocket socket, uint events)
    {
        if ((events & Libc.EpollError) != 0) HearErrors(socket);
        byte* address = stackalloc byte[KernelAddress.MaxLength];
        int length = socket.Receive(payload, Datagram.MaxPayload, address);
        if (length < 0) return;
        if (length > Datagram.MaxPayload) { socket.Counters.Oversized++; return; }
        Deliver(socket, new Datagram(buffer, length, KernelAddress.Read(address), Clock.NowMicros));
    }

    private void HearErrors(EpollDatagramSocket socket)
    {
        for (int i = 0; i < ErrorBatch && ErrorQueue.TryRead(socket, out var to); i++)
        {
            if (to.IsNone) socket.Counters.IcmpErrors++; else DeliverUnreachable(socket, to);
        }
    }
}
