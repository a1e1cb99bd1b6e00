using Mesh.Io;

namespace Mesh.Iax2.Calls;

/// <summary>
/// Gives out call numbers: 15 bits, random, so that nobody guesses one; 0 means none and 1 is kept for replies without state.
/// A number given back rests before it is used again, so that late frames of the old call meet nobody.
/// </summary>
public sealed class CallNumbers(IChance chance, int quarantineMs)
{
    public const ushort Stateless = 1;
    private const int First = 2, Last = 0x7FFF;
    private const int Tries = 16;

    private readonly ulong[] taken = new ulong[(Last + 1) / 64];
    private readonly Queue<(ushort Number, long FreeAtMs)> resting = new();

    /// <summary>Numbers in use by calls, without those at rest.</summary>
    public int InUse { get; private set; }

    public int Resting => resting.Count;

    /// <summary>False when every number is in use or at rest.</summary>
    public bool TryTake(long nowMs, out ushort number)
    {
        while (resting.TryPeek(out var rested) && rested.FreeAtMs <= nowMs) Mark(resting.Dequeue().Number, false);
        number = 0;
        if (InUse + resting.Count > Last - First) return false;
        int candidate = First + chance.NextInt32(Last - First + 1);
        for (int i = 1; i < Tries && IsTaken(candidate); i++) candidate = First + chance.NextInt32(Last - First + 1);
        // Nearly all are taken: walk on from a random place.
        while (IsTaken(candidate)) candidate = candidate == Last ? First : candidate + 1;
        number = (ushort)candidate;
        Mark(number, true);
        InUse++;
        return true;
    }

    public void GiveBack(ushort number, long nowMs)
    {
        InUse--;
        resting.Enqueue((number, nowMs + quarantineMs));
    }

    private bool IsTaken(int number) => (taken[number >> 6] & (1UL << (number & 63))) != 0;

    private void Mark(int number, bool inUse)
    {
        if (inUse) taken[number >> 6] |= 1UL << (number & 63);
        else taken[number >> 6] &= ~(1UL << (number & 63));
    }
}
