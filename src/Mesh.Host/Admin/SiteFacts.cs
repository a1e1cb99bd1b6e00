namespace Mesh.Host.Admin;

/// <summary>What a site says of itself, as <c>/api/site</c> shows it.</summary>
/// <param name="PlanHash">Of the dialplan in force.</param>
/// <param name="Calls">In progress.</param>
public sealed record SiteFacts(string Name, SiteState State, string PlanHash, int Calls);
