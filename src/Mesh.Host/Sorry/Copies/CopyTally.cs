namespace Mesh.Host.Sorry.Copies;

/// <summary>What was left out of a copy, by reason.</summary>
public sealed class CopyTally
{
    private readonly int[] counts = new int[Enum.GetValues<CopyRefusal>().Length];

    public int this[CopyRefusal why] => counts[(int)why];

    public void Add(CopyRefusal why) => counts[(int)why]++;

    /// <summary>Those that happened.</summary>
    public IReadOnlyDictionary<string, int> All =>
        Enum.GetValues<CopyRefusal>().Where(w => counts[(int)w] > 0).ToDictionary(static w => w.ToString().ToLowerInvariant(), w => counts[(int)w], StringComparer.Ordinal);
}
