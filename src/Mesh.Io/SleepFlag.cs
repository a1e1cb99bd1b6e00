namespace Mesh.Io;

/// <summary>
/// Lets posters wake a loop only when it sleeps. The loop says it falls asleep and then looks at its inbox once more; a poster adds to the inbox and then looks whether
/// the loop sleeps. A full fence between the two steps on either side makes it impossible that both look too early.
/// </summary>
internal struct SleepFlag
{
    private int asleep;

    /// <summary>The loop, before its last look at the inbox.</summary>
    public void FallAsleep() => Interlocked.Exchange(ref asleep, 1);

    /// <summary>The loop, when it has woken for whatever reason.</summary>
    public void WakeUp() => Volatile.Write(ref asleep, 0);

    /// <summary>A poster, after adding: true when it is the one that has to wake the loop.</summary>
    public bool ShouldWake()
    {
        Interlocked.MemoryBarrier();
        return Volatile.Read(ref asleep) == 1 && Interlocked.Exchange(ref asleep, 0) == 1;
    }
}
