namespace Mesh.Dialplan.Calls;

/// <summary>A leg somebody would like to make.</summary>
/// <param name="IsDiversion">An explicit diversion: the far end sent us there (SIP 302).</param>
public sealed record LegRequest(LegPlan Plan, bool IsDiversion = false)
{
    /// <summary>Devices and accounts this leg may ring although they are on the list (R11).</summary>
    public IReadOnlyList<string> Spared { get; init; } = [];
}
