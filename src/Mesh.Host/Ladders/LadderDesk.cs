using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Config.Model;

namespace Mesh.Host.Ladders;

/// <summary>Gets the ladder of a call from all sites. Any thread.</summary>
public sealed class LadderDesk
{
    /// <summary>What the sites ask each other: <c>ladder/ORIGIN</c>.</summary>
    public const string Question = "ladder";

    /// <summary>The longest id looked for.</summary>
    private const int MaxOrigin = 64;

    private readonly INeighbours neighbours;
    private readonly Dictionary<string, string> addresses;

    public LadderDesk(SiteModel model, INeighbours neighbours)
    {
        this.neighbours = neighbours;
        addresses = [];
        // Two sites may be told of one address by mistake; check says so, a ladder need not fall over it.
        foreach (var site in model.Mesh.Sites) addresses[site.Listen.Iax2.Bind.ToString()] = site.Name;
    }

    /// <summary>Whether it can be the id of a call: what is none is not looked for anywhere.</summary>
    public static bool IsOrigin(string origin) => origin.Length is > 0 and <= MaxOrigin && origin.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    /// <summary>Null when no site keeps anything of it.</summary>
    public async Task<Ladder?> FindAsync(string origin, CancellationToken cancelled)
    {
        if (!IsOrigin(origin)) return null;
        var answers = await neighbours.AskAllAsync<SiteLadder>($"{Question}/{origin}", cancelled);
        var records = answers.Where(a => a.Value is { IsEmpty: false }).Select(a => a.Value!).ToList();
        var missing = answers.Where(a => a.Value is null).Select(a => new MissingSite(a.Site, Word(a.Fault))).ToList();
        return records.Count > 0 ? LadderMerge.Merge(records, missing, addresses) : null;
    }

    private static string Word(PairFault fault) => fault switch
    {
        PairFault.NotReachable => "it is not reachable",
        PairFault.NoAnswer => "it does not answer",
        PairFault.Refused => "it refuses, or is too busy",
        PairFault.Forged => "its answer is not made with our mesh key",
        PairFault.TooLarge => "its answer is too large",
        PairFault.NoKey => "there is no mesh key to ask it with",
        _ => "its answer is not understood",
    };
}
