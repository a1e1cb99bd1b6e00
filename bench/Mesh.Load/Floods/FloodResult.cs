using System.Globalization;

namespace Mesh.Load.Floods;

/// <summary>How voice and good clients fared in one kind of flood: in each round first without it, then with the same flood against nobody, then against the site.</summary>
public sealed record FloodResult(
    FloodKind Kind, IReadOnlyList<VoiceRound> Quiet, IReadOnlyList<VoiceRound> AtNobody, IReadOnlyList<VoiceRound> AtSite, GoodClients Good, double MostMegabytes, double CpuSeconds, double Seconds, string Flood)
{
    /// <summary>Microseconds that voice may be later than without the flood, or with it at nobody, where twice is less: 99 and 999 of 1,000 packets.</summary>
    public const double Tolerance = 3_000, RareTolerance = 10_000, Bridged = 40_000;

    public static string Head =>
        "| flood | voice late, ms, p50 / p99 / p99.9: quiet | flood at nobody | flood at the site | lost | pages, p99 ms | mails, p99 ms | status, p99 ms | site's CPU | public memory |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

    public bool VoiceIsUnchanged => Unchanged(v => v.P99, Tolerance) && Unchanged(v => v.P999, RareTolerance);

    /// <summary>Voice is no later than the jitter buffers of telephones bridge (60 ms): 99 of 100 packets within <see cref="Bridged"/> microseconds.</summary>
    public bool VoiceIsBridged => Median.Of(AtSite.Select(v => (double)v.P99)) <= Bridged;

    public double Lost => Median.Of(AtSite.Select(v => v.LostShare));

    public string Row => string.Create(CultureInfo.InvariantCulture,
        $"| {Kind.Name} | {Late(Quiet)} | {Late(AtNobody)} | {Late(AtSite)} | {Lost:P2} | {Answered("page")} | {Answered("mail")} | {Answered("status")} | {CpuSeconds / Seconds:P0} | {MostMegabytes:F1} MB |\n");

    public override string ToString() => $"{Kind.Name}: late {Late(Quiet)} quiet, {Late(AtNobody)} flooding nobody, {Late(AtSite)} flooding the site; lost {Lost:P2}; good {string.Join(", ", Good.Names.Select(n => $"{n} {Answered(n)}"))}; {Flood}{string.Concat(Good.Complaints.Select(c => "\n  " + c))}";

    // The middle of the rounds: one a neighbour disturbed says nothing.
    private bool Unchanged(Func<VoiceRound, int> late, double tolerance)
    {
        double Middle(IReadOnlyList<VoiceRound> rounds) => Median.Of(rounds.Select(v => (double)late(v)));
        if (Quiet.Count == 0) return false;
        double without = Math.Max(Middle(Quiet), Middle(AtNobody));
        return Middle(AtSite) <= Math.Max(2 * without, without + tolerance);
    }

    private string Answered(string name) => string.Create(CultureInfo.InvariantCulture, $"{Good.Share(name):P1} of {Good.Asked(name)}, {Good.P99(name):F0}");

    private static string Late(IReadOnlyList<VoiceRound> rounds) => rounds.Count == 0 ? "not measured" : string.Create(CultureInfo.InvariantCulture,
        $"{Median.Of(rounds.Select(r => r.P50 / 1e3)):F2} / {Median.Of(rounds.Select(r => r.P99 / 1e3)):F2} / {Median.Of(rounds.Select(r => r.P999 / 1e3)):F2}");
}
