namespace Mesh.Host.Config.Model;

/// <summary>The figures of the mesh law.</summary>
/// <param name="LegsPerCall">B0.</param>
/// <param name="Hops">H.</param>
/// <param name="Diversions">D.</param>
/// <param name="SetupTime">T.</param>
/// <param name="LeafLegs">Bleaf.</param>
/// <param name="LegsPerSite">G.</param>
public sealed record LawConfig(int LegsPerCall, int Hops, int Diversions, TimeSpan SetupTime, int LeafLegs, int RingingPerCallee, int CallsPerPhone, int LegsPerSite);
