using Mesh.Io;

namespace Mesh.Media.Rtp;

/// <summary>What a <see cref="SourceLatch"/> makes of a packet's source address.</summary>
public enum SourceVerdict
{
    /// <summary>Not the far end: drop.</summary>
    Foreign,
    /// <summary>The far end, from where it was.</summary>
    Known,
    /// <summary>The far end, found at a new address: send there from now on.</summary>
    Moved,
}

/// <summary>
/// Symmetric RTP (RFC 4961): a phone behind an address translator says one address in SDP and sends from another; we answer to where its packets come from.
/// The rules, so that a stranger cannot take a call over by one datagram:
/// the address from SDP is believed at once and always; another port of that host at once while nothing was heard; any other address after
/// <see cref="Probation"/> packets of one source in sequence, and only while nothing was heard; later, after <see cref="SilenceMs"/> without a packet, only
/// for the same host or the same SSRC (a translator that gave the phone another port).
/// Pure but for its own memory; touched by the port's loop only.
/// </summary>
public sealed class SourceLatch(NetAddress announced)
{
    public const int Probation = 3;
    public const int SilenceMs = 1000;

    private NetAddress locked, candidate;
    private uint lockedSsrc, candidateSsrc;
    private ushort candidateSequence;
    private int candidateCount;
    private long heardMs = long.MinValue / 2;

    /// <summary>The address SDP gave.</summary>
    public NetAddress Announced { get; } = announced;

    /// <summary>Where packets are taken from; none before the first.</summary>
    public NetAddress Locked => locked;

    public SourceVerdict Judge(NetAddress from, in RtpHeader header, long nowMs)
    {
        if (from == locked)
        {
            (heardMs, lockedSsrc) = (nowMs, header.Ssrc);
            return SourceVerdict.Known;
        }
        if (from == Announced) return Lock(from, header, nowMs);
        if (locked.IsNone)
            return from.SameHost(Announced) || OnProbation(from, header) ? Lock(from, header, nowMs) : SourceVerdict.Foreign;
        bool mayMove = nowMs - heardMs > SilenceMs && (from.SameHost(locked) || header.Ssrc == lockedSsrc);
        return mayMove && OnProbation(from, header) ? Lock(from, header, nowMs) : SourceVerdict.Foreign;
    }

    private SourceVerdict Lock(NetAddress from, in RtpHeader header, long nowMs)
    {
        (locked, lockedSsrc) = (from, header.Ssrc);
        heardMs = nowMs;
        candidateCount = 0;
        return SourceVerdict.Moved;
    }

    private bool OnProbation(NetAddress from, in RtpHeader header)
    {
        bool next = candidateCount > 0 && from == candidate && header.Ssrc == candidateSsrc && header.Sequence == (ushort)(candidateSequence + 1);
        candidateCount = next ? candidateCount + 1 : 1;
        (candidate, candidateSsrc, candidateSequence) = (from, header.Ssrc, header.Sequence);
        return candidateCount >= Probation;
    }
}
