using System.Numerics;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading;

/// <summary>
/// A number, or in Asterisk's spelling a pattern: <c>_</c> then digits, <c>X</c> (0-9), <c>Z</c> (1-9), <c>N</c> (2-9), <c>[13-5]</c>, and at the end <c>.</c> (one or more of
/// anything) or <c>!</c> (none or more). Hyphens and spaces between are passed over.
/// </summary>
public sealed class NumberPattern
{
    internal const int AnyButNone = 1000, AnyOrNone = 1001;

    private readonly UInt128[] slots;
    private readonly int tail;

    internal NumberPattern(string text, UInt128[] slots, int tail)
    {
        (Text, this.slots, this.tail) = (text, slots, tail);
        Weights = [.. slots.Select(Choices), tail];
    }

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>The number itself where only one matches, else null.</summary>
    public string? Exact => tail == 0 && slots.All(slot => UInt128.PopCount(slot) == 1)
        ? string.Concat(slots.Select(slot => (char)(int)UInt128.TrailingZeroCount(slot)))
        : null;

    /// <summary>How many characters each place takes, then the tail: fewer is more specific, and places to the left count first, as in Asterisk.</summary>
    internal IReadOnlyList<int> Weights { get; }

    public bool Matches(ReadOnlySpan<char> number)
    {
        if (tail == 0 ? number.Length != slots.Length : number.Length < slots.Length + (tail == AnyButNone ? 1 : 0)) return false;
        for (int i = 0; i < slots.Length; i++)
            if (number[i] >= 128 || (slots[i] & (UInt128.One << number[i])) == 0) return false;
        return true;
    }

    /// <summary>Some number longer than <paramref name="digits"/> that begins with them matches.</summary>
    public bool MayGrowFrom(ReadOnlySpan<char> digits)
    {
        if (tail == 0 && digits.Length >= slots.Length) return false;
        for (int i = 0; i < Math.Min(digits.Length, slots.Length); i++)
            if (digits[i] >= 128 || (slots[i] & (UInt128.One << digits[i])) == 0) return false;
        return true;
    }

    /// <summary>Below zero when this is more specific than <paramref name="other"/>, zero when neither is.</summary>
    internal int CompareTo(NumberPattern other)
    {
        for (int i = 0; i < Math.Min(Weights.Count, other.Weights.Count); i++)
            if (Weights[i] != other.Weights[i]) return Weights[i].CompareTo(other.Weights[i]);
        return Weights.Count.CompareTo(other.Weights.Count);
    }

    /// <summary>Neither is more specific, and some number matches both: which handler is meant cannot be told.</summary>
    internal bool IsAmbiguousWith(NumberPattern other)
    {
        if (CompareTo(other) != 0) return false;
        for (int i = 0; i < slots.Length; i++) if ((slots[i] & other.slots[i]) == 0) return false;
        return true;
    }

    public override string ToString() => Text;

    private static int Choices(UInt128 slot) => (int)UInt128.PopCount(slot);
}
