using Mesh.Iax2.Calls;

namespace Mesh.Iax2.Trunking;

/// <summary>
/// One call's place in a trunk. It joins once the peer was told the format, since an entry says none, and leaves before the call ends: a receiver that has forgotten the call
/// may misread the rest of a datagram with an entry of it.
/// </summary>
internal sealed class TrunkedVoice(VoiceSender sender, IaxCall call)
{
    private const int MostSpins = 100;

    private TrunkAssembler? trunk;
    private long lastIn;
    private int adding;

    /// <summary>A full VOICE frame went out, so entries may follow. On the loop.</summary>
    public void Join()
    {
        if (trunk is not null || call.Trunk is not { } laid) return;
        laid.Join();
        Volatile.Write(ref trunk, laid);
    }

    /// <summary>False when the frame is to go as a mini frame. The call's voice thread.</summary>
    public bool TryAdd(ushort timestamp, ReadOnlySpan<byte> payload)
    {
        // A call that was transferred goes on elsewhere.
        if (Volatile.Read(ref trunk) is not { } joined || joined.To != call.RemoteAddress) return false;
        Interlocked.Exchange(ref adding, 1);
        bool added = sender.IsOpen && joined.TryAdd(call.LocalNumber, timestamp, payload, ref lastIn);
        Volatile.Write(ref adding, 0);
        return added;
    }

    /// <summary>Sends what waits: a full frame must not overtake it. On the loop.</summary>
    public void Flush() => trunk?.Flush();

    /// <summary>The sender is closed, nothing more is added. On the loop.</summary>
    public void Leave()
    {
        if (trunk is not { } joined) return;
        Volatile.Write(ref trunk, null);
        // Either the voice thread sees that the sender is closed, or we see here that it is adding: then for the hundred nanoseconds that takes. No longer than some
        // yields if it was put aside just there: late is better than a loop that stands.
        Interlocked.MemoryBarrier();
        var wait = new SpinWait();
        while (Volatile.Read(ref adding) != 0 && wait.Count < MostSpins) wait.SpinOnce(sleep1Threshold: -1);
        joined.Leave();
    }
}
