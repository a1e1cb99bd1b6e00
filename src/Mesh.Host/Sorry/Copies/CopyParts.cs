namespace Mesh.Host.Sorry.Copies;

/// <summary>What a site that takes copies has around it.</summary>
public sealed record CopyParts
{
    /// <summary>Its name in the journal: it takes the copies that were ordered at it.</summary>
    public required string Site { get; init; }

    /// <summary>Where a copy's files come from; disposed after it when it can be. The second argument: private addresses may be asked.</summary>
    public required Func<CopyLimits, bool, ICopySource> Source { get; init; }

    public required CopyLog Log { get; init; }
}
