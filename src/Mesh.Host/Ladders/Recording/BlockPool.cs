namespace Mesh.Host.Ladders.Recording;

/// <summary>
/// Memory for what is recorded, in blocks of one size that are chained and given back as chains. Slabs of them are made as they are needed and kept, never more than the bound. One loop's.
/// </summary>
public sealed class BlockPool(int maxOctets)
{
    public const int BlockOctets = 1_024;
    public const int None = -1;
    private const int BlocksInSlab = 1_024;

    private readonly List<byte[]> slabs = [];
    private int[] next = [];
    private int firstFree = None;

    /// <summary>Blocks there may be.</summary>
    public int Capacity { get; } = Math.Max(1, maxOctets / BlockOctets);

    /// <summary>Blocks in use.</summary>
    public int Used { get; private set; }

    public int Free => Capacity - Used;

    /// <summary>One block, the end of its chain. Only when <see cref="Free"/> says so.</summary>
    public int Take()
    {
        if (firstFree == None) AddSlab();
        int block = firstFree;
        firstFree = next[block];
        next[block] = None;
        Used++;
        return block;
    }

    /// <summary>Gives back <paramref name="first"/> and all that are chained to it.</summary>
    public void GiveChain(int first)
    {
        while (first != None)
        {
            int following = next[first];
            Give(first);
            first = following;
        }
    }

    public void Give(int block)
    {
        next[block] = firstFree;
        firstFree = block;
        Used--;
    }

    public Span<byte> Octets(int block) => slabs[block / BlocksInSlab].AsSpan(block % BlocksInSlab * BlockOctets, BlockOctets);

    public int Next(int block) => next[block];

    public void Chain(int block, int following) => next[block] = following;

    private void AddSlab()
    {
        int first = next.Length, count = Math.Min(BlocksInSlab, Capacity - first);
        if (count <= 0) throw new InvalidOperationException("every block is taken");
        slabs.Add(new byte[count * BlockOctets]);
        Array.Resize(ref next, first + count);
        for (int i = first; i < first + count; i++) next[i] = i + 1 < first + count ? i + 1 : None;
        firstFree = first;
    }
}
