using System.Globalization;
using Mesh.Io;
using Mesh.Testing.BadNetwork;

namespace Mesh.Load;

/// <summary>One row of the table of bad networks.</summary>
/// <param name="What">How the sites talk.</param>
/// <param name="Options">What is played.</param>
/// <param name="AtLeast">The share of calls that must be set up; 0 for a row that is only shown.</param>
public sealed record ImpairedRow(string What, BadNetworkOptions Options, double AtLeast)
{
    public static string Head =>
        "| between the sites | network | calls | set up | wanted | ringing heard, ms: p50, p99, most | answer heard, ms: p50, p99, most | frames said | arrived | of those not heard | wrong place, or another call's | sent again a call |\n"
        + "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n";

    /// <summary>The one voice frame that is sequenced waits behind a lost control frame; a call that ends meanwhile never hears it.</summary>
    private const double MostMissed = 1e-5;

    public bool Holds(SeriesFigures f) =>
        f.SetUpShare >= AtLeast && f is { WrongOffers: 0, Foreign: 0, WrongStamps: 0, Disordered: 0, Twice: 0 } && f.VoiceMissed <= MostMissed * f.VoiceSaid;

    public string Write(SeriesFigures f) => string.Create(CultureInfo.InvariantCulture,
        $"| {What} | {Options.Impairments} | {f.Calls} | {f.SetUpShare:P2} | {(AtLeast > 0 ? AtLeast.ToString("P1", CultureInfo.InvariantCulture) : "")} | {Times(f.RingingMs)} | {Times(f.AnswerMs)} | {f.VoiceSaid} | {(double)f.VoiceHeard / f.VoiceSaid:P1} | {(f.VoiceMissed < 0 ? "sealed" : f.VoiceMissed)} | {f.WrongStamps + f.Disordered + f.Foreign + f.Twice} | {(double)f.Retransmissions / f.Calls:F1} |\n");

    private static string Times(IReadOnlyList<long> sorted) =>
        $"{SeriesFigures.Percentile(sorted, 0.5)}, {SeriesFigures.Percentile(sorted, 0.99)}, {sorted[^1]}";
}
