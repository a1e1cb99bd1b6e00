namespace Mesh.Host.Sorry.Switches;

/// <summary>What an order may ask for.</summary>
public sealed record SorryLimits
{
    /// <summary>Switches on at once.</summary>
    public int Notices { get; init; } = 10_000;

    public int MessageLength { get; init; } = 400;

    public int LocationLength { get; init; } = 2_000;

    /// <summary>Of who and of why.</summary>
    public int NoteLength { get; init; } = 200;

    /// <summary>Senders give up after four to five days (RFC 5321 section 4.5.4.1): no soft answer is ordered for longer.</summary>
    public TimeSpan Soft { get; init; } = TimeSpan.FromDays(5);

    /// <summary>A soft answer given for so long is warned of: the first mail is about to go back.</summary>
    public TimeSpan SoftWarning { get; init; } = TimeSpan.FromDays(4);
}
