using System.Numerics;

namespace Mesh.Io;

/// <summary>
/// A hashed timing wheel (Varghese and Lauck 1987, scheme 6): 1 ms a slot, 4,096 slots, doubly linked intrusive lists, a bitmap of the slots in use.
/// Arm and disarm are O(1) and allocate nothing. One per loop, touched by that loop's thread only. A deadline never passes early.
/// </summary>
public sealed class DeadlineWheel
{
    private const int Slots = 4096;
    private readonly Deadline?[] heads = new Deadline?[Slots];
    private readonly Deadline?[] tails = new Deadline?[Slots];
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
    public void Arm(Deadline deadline, long inMs)
    {
        Disarm(deadline);
        deadline.DueMs = Math.Max(clock.NowMs + Math.Max(1, inMs), position + 1);
        int slot = (int)(deadline.DueMs & (Slots - 1));
        deadline.Slot = slot;
        deadline.Previous = tails[slot];
        if (tails[slot] is { } tail) tail.Next = deadline; else heads[slot] = deadline;
        tails[slot] = deadline;
        occupied[slot >> 6] |= 1UL << (slot & 63);
        Armed++;
    }

    /// <summary>Takes <paramref name="deadline"/> off the wheel; nothing happens when it is not armed.</summary>
    public void Disarm(Deadline deadline)
    {
        int slot = deadline.Slot;
        if (slot < 0) return;
        if (deadline.Previous is { } p) p.Next = deadline.Next; else heads[slot] = deadline.Next;
        if (deadline.Next is { } n) n.Previous = deadline.Previous; else tails[slot] = deadline.Previous;
        if (heads[slot] is null) occupied[slot >> 6] &= ~(1UL << (slot & 63));
        deadline.Next = deadline.Previous = null;
        deadline.Slot = -1;
        Armed--;
    }

    /// <summary>Milliseconds from <paramref name="nowMs"/> until the wheel must be looked at again: 0 when something is due, -1 when nothing is armed. May be early (a later round of the same slot), never late.</summary>
    public int NextInMs(long nowMs)
    {
        if (Armed == 0) return -1;
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

    /// <summary>Passes every deadline due at <paramref name="nowMs"/>, in order of time and, within a millisecond, of arming. <paramref name="pass"/> is called with each, already disarmed.</summary>
    public void Advance(long nowMs, Action<Deadline> pass)
    {
        if (Armed == 0) { position = Math.Max(position, nowMs); return; }
        while (position < nowMs)
        {
            position++;
            int slot = (int)(position & (Slots - 1));
            if ((occupied[slot >> 6] & (1UL << (slot & 63))) == 0) { SkipEmpty(nowMs, slot); continue; }
            for (var d = heads[slot]; d is not null; )
            {
                // Whatever pass() arms lands in a later slot, and it may disarm any other: begin again at the head.
                if (d.DueMs > position) { d = d.Next; continue; }
                Disarm(d);
                pass(d);
                d = heads[slot];
            }
        }
    }

    private void SkipEmpty(long nowMs, int slot)
    {
        // A whole empty word is passed at once, so that a jump of virtual time costs little.
        if ((slot & 63) == 0 && occupied[slot >> 6] == 0) position = Math.Min(nowMs, position + 63);
    }
}
