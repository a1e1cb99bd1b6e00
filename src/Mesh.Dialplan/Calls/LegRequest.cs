namespace Mesh.Dialplan.Calls;

/// <summary>A leg somebody would like to make.</summary>
/// <param name="IsDiversion">An explicit diversion: the far end sent us there (SIP 302).</param>
public sealed record LegRequest(LegPlan Plan, bool IsDiversion = false)
{
    /// <summary>Devices and accounts this leg may ring although they are on the list (R11).</summary>
    public IReadOnlyList<string> Spared { get; init; } = [];

    /// <summary>Most credit worth sending along (R7): a leg that is to ring one device more needs little, and what it does not take is there for the next try.</summary>
    public int CreditLimit { get; init; } = int.MaxValue;
}
