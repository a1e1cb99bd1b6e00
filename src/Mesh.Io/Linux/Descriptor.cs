using Microsoft.Win32.SafeHandles;

namespace Mesh.Io.Linux;

/// <summary>
/// A file descriptor that is closed when its owner has let go and no call on it is under way. Without that, a thread could send on a number which
/// another thread has closed and a third has been given anew: a datagram out of somebody else's socket.
/// </summary>
internal sealed class Descriptor : SafeHandleMinusOneIsInvalid
{
    public Descriptor(int number) : base(ownsHandle: true) => SetHandle(number);

    /// <summary>The number; only between a successful <see cref="TryHold"/> and <see cref="SafeHandleMinusOneIsInvalid.DangerousRelease"/>.</summary>
    public int Number => (int)handle;

    /// <summary>Keeps the descriptor open for one call; false when it was let go.</summary>
    public bool TryHold()
    {
        if (IsClosed) return false;
        bool held = false;
        try { DangerousAddRef(ref held); }
        catch (ObjectDisposedException) { return false; }
        return held;
    }

    protected override bool ReleaseHandle() => Libc.close((int)handle) == 0;
}
