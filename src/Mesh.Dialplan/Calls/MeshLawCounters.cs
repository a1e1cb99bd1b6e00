namespace Mesh.Dialplan.Calls;

/// <summary>What the law has decided; written by the signalling loop, read by metrics.</summary>
public sealed class MeshLawCounters
{
    private readonly long[] admissions = new long[Enum.GetValues<AdmissionKind>().Length];
    private readonly long[] refusals = new long[Enum.GetValues<LegRefusal>().Length];

    public long Of(AdmissionKind kind) => Volatile.Read(ref admissions[(int)kind]);

    /// <summary><see cref="LegRefusal.None"/>: legs allowed.</summary>
    public long Of(LegRefusal refusal) => Volatile.Read(ref refusals[(int)refusal]);

    internal void Count(AdmissionKind kind) => admissions[(int)kind]++;

    internal void Count(LegRefusal refusal) => refusals[(int)refusal]++;
}
