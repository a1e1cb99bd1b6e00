using System.Numerics;

namespace Mesh.Io;

/// <summary>
/// A hashed timing wheel (Varghese and Lauck 1987, scheme 6): 1 ms a slot, 4,096 slots, doubly linked intrusive lists, a bitmap of the slots in use.
/// Arm and disarm are O(1) and allocate nothing. One per loop, touched by that loop's thread only. A deadline never passes early, and less than a millisecond late.
/// </summary>
public sealed class DeadlineWheel
{
    private const int Slots = 4096;

    /// <summary>The list behind the slots: what is due now and waits for its turn, so that a slot is walked once however much of it belongs to later rounds.</summary>
    private const int Due = Slots;

    /// <summary>About 34 years: keeps sums of milliseconds from overflowing.</summary>
    private const long MaxInMs = 1L << 40;

    /// <summary>Below it <see cref="ArmLoosely"/> is exact, milliseconds.</summary>
    public const int LooseFromMs = 4096;

    /// <summary>The grain of <see cref="ArmLoosely"/>, milliseconds.</summary>
    public const int LooseMs = 256;

    private readonly Deadline?[] heads = new Deadline?[Slots + 1];
    private readonly Deadline?[] tails = new Deadline?[Slots + 1];
    private readonly ulong[] occupied = new ulong[Slots / 64];
    private readonly MeshClock clock;
    private long position;

    public DeadlineWheel(MeshClock clock)
    {
        this.clock = clock;
        position = clock.NowMs;
    }

    /// <summary>Deadlines armed now: a finished call leaves none.</summary>
    public int Armed { get; private set; }

    /// <summary>Arms, or moves, <paramref name="deadline"/> to pass <paramref name="inMs"/> milliseconds from now (at least 1).</summary>
    public void Arm(Deadline deadline, long inMs) => Arm(deadline, inMs, 1);

    /// <summary>
    /// Arms a deadline nobody waits for, such as the end of a finished transaction. One of <see cref="LooseFromMs"/> or more passes with all others of the same quarter of a second,
    /// at most <see cref="LooseMs"/> late: thousands that linger must not wake the loop in every millisecond.
    /// </summary>
    public void ArmLoosely(Deadline deadline, long inMs) => Arm(deadline, inMs, inMs < LooseFromMs ? 1 : LooseMs);

    private void Arm(Deadline deadline, long inMs, long grain)
    {
        Disarm(deadline);
        long nowMicros = clock.NowMicros;
        if (Armed == 0) position = Math.Max(position, nowMicros / 1000);
        // Rounded up: armed in the middle of a millisecond, it would else pass before inMs are over.
        long dueMs = (nowMicros + 999) / 1000 + Math.Clamp(inMs, 1, MaxInMs);
        dueMs = (dueMs + grain - 1) / grain * grain;
        deadline.DueMs = Math.Max(dueMs, position + 1);
        Append(deadline, (int)(deadline.DueMs & (Slots - 1)));
    }

    /// <summary>Takes <paramref name="deadline"/> off the wheel; nothing happens when it is not armed.</summary>
    public void Disarm(Deadline deadline)
    {
        int slot = deadline.Slot;
        if (slot < 0) return;
        if (deadline.Previous is { } p) p.Next = deadline.Next; else heads[slot] = deadline.Next;
        if (deadline.Next is { } n) n.Previous = deadline.Previous; else tails[slot] = deadline.Previous;
        if (heads[slot] is null && slot != Due) occupied[slot >> 6] &= ~(1UL << (slot & 63));
        deadline.Next = deadline.Previous = null;
        deadline.Slot = -1;
        Armed--;
    }

    /// <summary>Milliseconds from <paramref name="nowMs"/> until the wheel must be looked at again: 0 when something is due, -1 when nothing is armed. May be early (a later round of the same slot), never late.</summary>
    public int NextInMs(long nowMs)
    {
        if (Armed == 0) return -1;
        if (heads[Due] is not null) return 0;
        int start = (int)((position + 1) & (Slots - 1));
        for (int scanned = 0; scanned <= Slots; )
        {
            int slot = (start + scanned) & (Slots - 1);
            ulong word = occupied[slot >> 6] >> (slot & 63);
            if (word != 0)
            {
                scanned += BitOperations.TrailingZeroCount(word);
                return (int)Math.Clamp(position + 1 + scanned - nowMs, 0, Slots);
            }
            scanned += 64 - (slot & 63);
        }
        return Slots;
    }

    /// <summary>
    /// Passes every deadline due at <paramref name="nowMs"/>, in order of time and, within a millisecond, of arming. <paramref name="pass"/> is called with each,
    /// already disarmed; it may arm and disarm any, and what it arms passes in a later millisecond.
    /// </summary>
    public void Advance(long nowMs, Action<Deadline> pass)
    {
        PassDue(pass);
        if (Armed == 0) { position = Math.Max(position, nowMs); return; }
        while (position < nowMs)
        {
            position++;
            int slot = (int)(position & (Slots - 1));
            if ((occupied[slot >> 6] & (1UL << (slot & 63))) == 0) { SkipEmpty(nowMs, slot); continue; }
            TakeDue(slot);
            PassDue(pass);
        }
    }

    private void TakeDue(int slot)
    {
        for (var d = heads[slot]; d is not null; )
        {
            var next = d.Next;
            if (d.DueMs <= position)
            {
                Disarm(d);
                Append(d, Due);
            }
            d = next;
        }
    }

    private void PassDue(Action<Deadline> pass)
    {
        while (heads[Due] is { } d)
        {
            Disarm(d);
            pass(d);
        }
    }

    private void Append(Deadline deadline, int slot)
    {
        deadline.Slot = slot;
        deadline.Previous = tails[slot];
        if (tails[slot] is { } tail) tail.Next = deadline; else heads[slot] = deadline;
        tails[slot] = deadline;
        if (slot != Due) occupied[slot >> 6] |= 1UL << (slot & 63);
        Armed++;
    }

    private void SkipEmpty(long nowMs, int slot)
    {
        // A whole empty word is passed at once, so that a jump of virtual time costs little.
        if ((slot & 63) == 0 && occupied[slot >> 6] == 0) position = Math.Min(nowMs, position + 63);
    }
}
