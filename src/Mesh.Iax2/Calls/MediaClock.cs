namespace Mesh.Iax2.Calls;

/// <summary>
/// The two clocks of a call (RFC 5456 sections 6.10 and 8.1.2): ours, which stamps what we send, and the peer's, by which 16-bit stamps are made whole. Pure; milliseconds.
/// </summary>
public sealed class MediaClock
{
    /// <summary>A difference beyond this means the short stamp lies in the next or the previous window.</summary>
    private const int Voice = 50_000, Video = 25_000;

    /// <summary>The least step between two stamps of ours, so that frames sent in the same millisecond keep their order; and the first stamp, since 0 means "none" to some.</summary>
    private const uint Step = 3;

    private readonly long epochMs;
    private uint lastSent;
    private bool heard;

    public MediaClock(long nowMs) => epochMs = nowMs - nowMs % 20;

    /// <summary>The greatest stamp seen on the peer's clock.</summary>
    public uint LastHeard { get; private set; }

    /// <summary>Our clock now. Any thread.</summary>
    public uint Elapsed(long nowMs) => (uint)(nowMs - epochMs);

    /// <summary>The stamp of a frame sent now that is not voice: our clock, and after everything sent before.</summary>
    public uint Stamp(long nowMs)
    {
        uint clock = Elapsed(nowMs);
        lastSent = (int)(clock - lastSent) >= (int)Step ? clock : lastSent + Step;
        return lastSent;
    }

    /// <summary>A voice frame with a stamp of its own went out.</summary>
    public void Sent(uint timestamp)
    {
        if ((int)(timestamp - lastSent) > 0) lastSent = timestamp;
    }

    /// <summary>Takes a 32-bit stamp of the peer's clock (not an echo of ours, as ACK, PONG and LAGRP have it).</summary>
    public void Heard(uint timestamp)
    {
        if (heard && (int)(timestamp - LastHeard) <= 0) return;
        heard = true;
        LastHeard = timestamp;
    }

    /// <summary>Makes the 16 bits of a mini frame whole; <see cref="Heard"/> is for the caller, once it believes it.</summary>
    public uint Whole16(ushort low) => Whole(low, 0xFFFF, Voice);

    /// <summary>The same, believed.</summary>
    public uint Unwrap16(ushort low) => Believed(Whole16(low));

    /// <summary>Makes the 15 bits of a mini video frame whole.</summary>
    public uint Unwrap15(ushort low) => Believed(Whole(low, 0x7FFF, Video));

    private uint Believed(uint timestamp)
    {
        Heard(timestamp);
        return timestamp;
    }

    private uint Whole(uint low, uint mask, int threshold)
    {
        uint candidate = (LastHeard & ~mask) | low;
        int ahead = (int)(candidate - LastHeard);
        if (ahead < -threshold) candidate += mask + 1;
        else if (ahead > threshold && candidate > mask) candidate -= mask + 1;
        return candidate;
    }
}
