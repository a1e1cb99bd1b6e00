namespace Mesh.Iax2.Sealing;

/// <summary>How the path to one peer is sealed.</summary>
public sealed record SealOptions
{
    /// <summary>The pair's keys, 32 octets each; the first seals, all are believed.</summary>
    public required IReadOnlyList<byte[]> Keys { get; init; }

    /// <summary>Our name and theirs, as both sides know them: they tell the directions apart.</summary>
    public required string Ourselves { get; init; }

    /// <inheritdoc cref="Ourselves"/>
    public required string Them { get; init; }

    /// <summary>Between hellos while the peer has not confirmed our epoch, milliseconds.</summary>
    public int HelloMs { get; init; } = 100;

    /// <summary>Hellos answered within a second: more than a lossy path needs, too few to be worth a replay.</summary>
    public int MostAnswersPerSecond { get; init; } = 50;

    /// <summary>A key seals about this many datagrams, far fewer than its 2^32 numbers ...</summary>
    public long RotateAfterDatagrams { get; init; } = 1L << 28;

    /// <summary>... or for this long, milliseconds, if the peer was heard meanwhile.</summary>
    public int RotateAfterMs { get; init; } = 3_600_000;
}
