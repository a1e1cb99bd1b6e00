namespace Mesh.Host.Status.Sampling;

/// <summary>What a site knows of one service at one moment.</summary>
/// <param name="Id">Stays the same for ever: history, feeds and links go by it. Letters, digits, '-', '_' and '.'.</param>
/// <param name="Name">Of the site, peer or carrier.</param>
public sealed record ServiceReading(string Id, ServiceKind Kind, string Name, ServiceState State)
{
    /// <summary>The id of <see cref="ServiceKind.Calls"/>: the one service whose state shows when nobody answers.</summary>
    public const string Calls = "calls";
}
