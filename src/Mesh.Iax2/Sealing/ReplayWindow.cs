namespace Mesh.Iax2.Sealing;

/// <summary>Where a datagram's number stands to those that came before it.</summary>
public enum ReplayVerdict
{
    Fresh,
    /// <summary>It was here before.</summary>
    Replayed,
    /// <summary>So far behind that nobody remembers.</summary>
    TooOld,
}

/// <summary>Which of the last <see cref="Length"/> numbers have been seen (RFC 4303 section 3.4.3). One thread's.</summary>
public sealed class ReplayWindow
{
    /// <summary>How far behind the highest a datagram may come: a fifth of a second at 5,000 datagrams a second.</summary>
    public const int Length = 1_024;

    private readonly ulong[] seen = new ulong[Length / 64];
    private uint highest;
    private bool begun;

    public ReplayVerdict Judge(uint sequence)
    {
        if (!begun || sequence > highest) return ReplayVerdict.Fresh;
        if (highest - sequence >= Length) return ReplayVerdict.TooOld;
        return (seen[Word(sequence)] & Bit(sequence)) != 0 ? ReplayVerdict.Replayed : ReplayVerdict.Fresh;
    }

    /// <summary>Remembers a number whose datagram has proven genuine, after <see cref="Judge"/> found it fresh.</summary>
    public void Remember(uint sequence)
    {
        if (!begun || sequence > highest) MoveTo(sequence);
        seen[Word(sequence)] |= Bit(sequence);
    }

    private void MoveTo(uint sequence)
    {
        if (!begun || sequence - highest >= Length) Array.Clear(seen);
        else for (uint passed = highest + 1; passed != sequence; passed++) seen[Word(passed)] &= ~Bit(passed);
        if (begun) seen[Word(sequence)] &= ~Bit(sequence);
        highest = sequence;
        begun = true;
    }

    private static int Word(uint sequence) => (int)(sequence % Length / 64);

    private static ulong Bit(uint sequence) => 1UL << (int)(sequence % 64);
}
