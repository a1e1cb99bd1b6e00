namespace Mesh.Host.Status;

/// <summary>What a status page says of itself.</summary>
public sealed record StatusOptions
{
    /// <summary>Whose status it is.</summary>
    public required string Name { get; init; }

    /// <summary>The site that shows it.</summary>
    public required string Site { get; init; }

    /// <summary>Where the public reaches the page, when it takes subscriptions; ends with a slash.</summary>
    public Uri? Subscribe { get; init; }

    /// <summary>Data older than this are shown as old.</summary>
    public TimeSpan StaleAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A reader's browser loads the overview again after this.</summary>
    public TimeSpan RefreshAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Incidents shown, the newest; what is older is left out everywhere.</summary>
    public int MaxIncidents { get; init; } = 1_000;

    /// <summary>Incidents in a feed and in JSON.</summary>
    public int MaxInFeed { get; init; } = 50;
}
