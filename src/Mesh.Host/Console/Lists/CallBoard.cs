using Mesh.Host.Admin;
using Mesh.Host.Admin.Neighbours;

namespace Mesh.Host.Console.Lists;

/// <summary>The calls of all sites: one for each origin id, whichever sites it passes. Pure.</summary>
public static class CallBoard
{
    /// <summary>The latest first.</summary>
    public static IReadOnlyList<MeshCall> Of(IEnumerable<SiteAnswer<IReadOnlyList<CallView>>> answers) =>
        [.. answers.SelectMany(a => (a.Value ?? []).Select(c => (a.Site, Call: c))).GroupBy(static c => c.Call.Id, StringComparer.Ordinal).Select(Join)
            .OrderByDescending(static c => c.StartedAt).ThenBy(static c => c.Origin, StringComparer.Ordinal)];

    private static MeshCall Join(IGrouping<string, (string Site, CallView Call)> parts)
    {
        // Where it entered the mesh it came from a person or a carrier; elsewhere from one of our sites.
        var entry = parts.OrderBy(static p => p.Call.Entry == "site").ThenBy(static p => p.Call.StartedAt).First().Call;
        var answered = parts.Where(static p => p.Call.AnsweredAt is not null).Select(static p => p.Call.AnsweredAt).Min();
        return new MeshCall(
            parts.Key, entry.Entry, entry.From, entry.Caller, entry.Called, answered is not null && entry.State == "ringing" ? "answered" : entry.State,
            parts.Min(static p => p.Call.StartedAt), answered, [.. parts.Select(static p => new CallPart(p.Site, p.Call.Legs))]);
    }
}

/// <summary>One call, as the mesh has it.</summary>
/// <param name="Entry">phone, carrier, site or peer: how it entered the mesh; site when where it did does not answer.</param>
/// <param name="Parts">The sites it is at.</param>
public sealed record MeshCall(
    string Origin, string Entry, string From, string Caller, string Called, string State, DateTimeOffset StartedAt, DateTimeOffset? AnsweredAt, IReadOnlyList<CallPart> Parts);

/// <summary>A call at one site.</summary>
public sealed record CallPart(string Site, IReadOnlyList<LegView> Legs);
