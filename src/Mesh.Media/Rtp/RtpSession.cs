using Mesh.Io;
using Mesh.Media.Sdp;

namespace Mesh.Media.Rtp;

/// <summary>What a port goes by at this moment; immutable but for the latch, which belongs to the port's loop. Replaced whole by one write, so that a sender on another thread never reads half of it.</summary>
internal sealed record RtpSession(AudioNegotiation Agreed, NetAddress Remote, SourceLatch Latch)
{
    public bool MaySend { get; } = Agreed.MaySend;

    /// <summary>What follows a new agreement: a source already found stays found when SDP names the same address as before (a session refresh).</summary>
    public static RtpSession After(RtpSession? before, AudioNegotiation agreed) =>
        before is not null && before.Latch.Announced == agreed.Remote
            ? new RtpSession(agreed, before.Remote, before.Latch)
            : new RtpSession(agreed, agreed.Remote, new SourceLatch(agreed.Remote));
}
