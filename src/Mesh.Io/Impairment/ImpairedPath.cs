namespace Mesh.Io;

/// <summary>
/// Decides what an <see cref="Impairment"/> does to each datagram of one direction. Pure but for its memory of the direction (the row of losses it is in, the order, the queue):
/// time and chance are handed in, so the same seed and the same datagrams give the same decisions. Carries nothing itself. Allocates nothing.
/// </summary>
public sealed class ImpairedPath(Impairment impairment, IChance chance, ImpairmentCounters counters)
{
    private const int HeaderOctets = 28;
    private long lastArrivalMicros, linkFreeMicros;
    private bool inBurst;

    /// <summary>May be replaced at any time between two datagrams.</summary>
    public Impairment Impairment { get; set; } = impairment;

    public ImpairmentCounters Counters => counters;

    /// <summary>One datagram of <paramref name="length"/> octets is sent at <paramref name="nowMicros"/>.</summary>
    public Passage Send(long nowMicros, int length)
    {
        counters.Sent++;
        var impairment = Impairment;
        if (impairment.Cut) { counters.Cut++; return new Passage(PathFate.Cut); }
        if (IsLost(impairment)) { counters.Lost++; return new Passage(PathFate.Lost); }
        if (!TryQueue(impairment, nowMicros, length, out long leavesMicros)) { counters.Overflowed++; return new Passage(PathFate.Overflowed); }
        var passage = new Passage(PathFate.Sent);
        passage.Add(Carry(impairment, leavesMicros));
        if (Drawn(impairment.Duplication))
        {
            counters.Duplicated++;
            passage.Add(Carry(impairment, leavesMicros));
        }
        if (Drawn(impairment.Forgery))
        {
            counters.Forged++;
            passage.Add(new PassingCopy { AtMicros = leavesMicros + Micros(impairment.Latency), IsForged = true, Alteration = chance.NextUInt64() });
        }
        return passage;
    }

    private PassingCopy Carry(Impairment impairment, long leavesMicros)
    {
        ulong alteration = 0;
        if (Drawn(impairment.Corruption))
        {
            counters.Corrupted++;
            alteration = chance.NextUInt64() | 1;
        }
        long arrival = leavesMicros + Micros(impairment.Latency);
        if (impairment.Jitter > TimeSpan.Zero) arrival += (long)(chance.NextDouble() * Micros(impairment.Jitter));
        if (Drawn(impairment.Reordering))
        {
            counters.Reordered++;
            arrival += Micros(impairment.ReorderBy);
        }
        else
        {
            lastArrivalMicros = arrival = Math.Max(arrival, lastArrivalMicros);
        }
        return new PassingCopy { AtMicros = arrival, Alteration = alteration };
    }

    private bool IsLost(Impairment impairment)
    {
        if (impairment.Burst == 0 || impairment.Loss is 0 or 1) return Drawn(impairment.Loss);
        double leave = 1 / impairment.Burst, enter = leave * impairment.Loss / (1 - impairment.Loss);
        inBurst = inBurst ? !Drawn(leave) : Drawn(enter);
        return inBurst;
    }

    private bool TryQueue(Impairment impairment, long nowMicros, int length, out long leavesMicros)
    {
        leavesMicros = nowMicros;
        if (impairment.BitsPerSecond == 0) return true;
        long begins = Math.Max(nowMicros, linkFreeMicros);
        if (begins - nowMicros > Micros(impairment.Queue)) return false;
        linkFreeMicros = leavesMicros = begins + (length + HeaderOctets) * 8_000_000L / impairment.BitsPerSecond;
        return true;
    }

    private bool Drawn(double probability) => probability > 0 && chance.NextDouble() < probability;

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
