using Mesh.Host.Ladders.Recording;

namespace Mesh.Host.Ladders;

/// <summary>One call as all sites together saw it.</summary>
/// <param name="Lanes">In the order of the picture.</param>
/// <param name="Missing">Sites that were asked and did not answer, with the reason: what only they saw is not here.</param>
/// <param name="Notes">What else the ladder does not show.</param>
public sealed record Ladder(
    string Origin, bool IsLive, IReadOnlyList<Lane> Lanes, IReadOnlyList<LadderMessage> Messages, IReadOnlyList<LadderStep> Steps, IReadOnlyList<LadderVoice> Voice,
    IReadOnlyList<SiteClock> Clocks, IReadOnlyList<MissingSite> Missing, IReadOnlyList<string> Notes)
{
    /// <summary>Messages and steps in the order they happened; in one microsecond, what the plan does, then what is sent for it, then what came of that.</summary>
    public IEnumerable<LadderRow> Rows() => Messages.Concat<LadderRow>(Steps).OrderBy(r => r.At).ThenBy(r => r is LadderStep step ? step.Source.Length > 0 ? 0 : 2 : 1);

    /// <summary>When it began; 0 when it is empty.</summary>
    public long Began => Rows().Select(r => r.At).FirstOrDefault();
}

/// <summary>The voice of one leg, as a site heard it.</summary>
/// <param name="Lane">Whose voice: place in <see cref="Ladder.Lanes"/>.</param>
public sealed record LadderVoice(string Site, int Lane, string Protocol, LegQuality Quality);

/// <summary>How a site's clock was brought in line.</summary>
/// <param name="ComparedWith">The site it was compared with; empty for the first site, whose clock all times go by, and for one nothing could be compared with.</param>
/// <param name="AheadMicros">How far ahead of the first site's clock it was found.</param>
/// <param name="UncertainMicros">The error at most; null when messages went one way only, or none did.</param>
/// <param name="Messages">How many messages tell.</param>
public sealed record SiteClock(string Site, string ComparedWith, long AheadMicros, long? UncertainMicros, int Messages);

/// <summary>A site that told nothing.</summary>
public sealed record MissingSite(string Site, string Why);
