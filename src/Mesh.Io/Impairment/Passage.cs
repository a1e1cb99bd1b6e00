using System.Runtime.CompilerServices;

namespace Mesh.Io;

/// <summary>What an <see cref="ImpairedPath"/> made of one datagram: nothing, or the datagram, perhaps a second copy, perhaps a forged one.</summary>
public struct Passage
{
    private const int Most = 3;
    private Copies copies;

    internal Passage(PathFate fate) => Fate = fate;

    /// <summary>What became of the datagram itself.</summary>
    public PathFate Fate { get; }

    /// <summary>How many arrive; none unless it was <see cref="PathFate.Sent"/>.</summary>
    public int Count { get; private set; }

    public readonly PassingCopy this[int index] => index < Count ? copies[index] : throw new ArgumentOutOfRangeException(nameof(index));

    internal void Add(PassingCopy copy) => copies[Count++] = copy;

    [InlineArray(Most)]
    private struct Copies
    {
        private PassingCopy first;
    }
}
