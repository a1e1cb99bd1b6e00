namespace Mesh.Sip.Security;

/// <summary>Which counts of one nonce were seen: the highest, and a bit for each of the 64 up to it.</summary>
internal struct NonceUse(ulong id)
{
    private uint highest = 1;
    private ulong seen = 1;

    public readonly ulong Id = id;

    /// <summary>False when the count was seen before, or is too far behind to know.</summary>
    public bool Count(uint count)
    {
        if (count > highest)
        {
            uint ahead = count - highest;
            seen = ahead >= 64 ? 1 : seen << (int)ahead | 1;
            highest = count;
            return true;
        }
        uint behind = highest - count;
        if (behind >= 64 || (seen >> (int)behind & 1) != 0) return false;
        seen |= 1UL << (int)behind;
        return true;
    }
}
