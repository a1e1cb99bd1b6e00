namespace Mesh.Io;

/// <summary>
/// Both directions of an impaired way. <see cref="Out"/> is what a socket sends, or a relay carries from its near end to its far end; <see cref="In"/> the way back.
/// Read from text by <see cref="ImpairmentText"/>: <c>drop=5%,duplicate=10%,reorder=10%,delay=20ms</c>.
/// </summary>
public sealed record Impairments(Impairment Out, Impairment In, ulong? Seed = null)
{
    public static readonly Impairments None = new(Impairment.None, Impairment.None);

    /// <summary>The same both ways.</summary>
    public static Impairments BothWays(Impairment impairment, ulong? seed = null) => new(impairment, impairment, seed);

    /// <summary>Chance of this description's own when it names a seed, so that a run can be repeated; else drawn from <paramref name="chance"/>.</summary>
    public IChance CreateChance(IChance chance) => new SeededChance(Seed ?? chance.NextUInt64());

    /// <inheritdoc cref="ImpairmentText.TryParse"/>
    /// <exception cref="FormatException">With what is wrong, and what would be right.</exception>
    public static Impairments Parse(string text) =>
        ImpairmentText.TryParse(text, out var impairments, out string? error) ? impairments : throw new FormatException(error);

    /// <summary>As <see cref="ImpairmentText"/> reads it; empty for a clean way.</summary>
    public override string ToString() => ImpairmentText.Write(this);
}
