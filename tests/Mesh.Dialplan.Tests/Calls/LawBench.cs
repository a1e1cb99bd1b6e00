using Mesh.Dialplan.Calls;
using Mesh.Io;

namespace Mesh.Dialplan.Tests.Calls;

/// <summary>Laws of several servers, and a time that a test moves.</summary>
internal sealed class LawBench
{
    public static readonly string[] Names = ["london", "manchester", "office", "offsite"];
    private readonly Dictionary<string, MeshLaw> laws = [];
    private readonly DateTimeOffset began = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    public LawBench(MeshLawOptions? options = null)
    {
        Options = options ?? new MeshLawOptions();
        foreach (string name in Names) Start(name);
    }

    public MeshLawOptions Options { get; }

    public MeshKeyRing Keys { get; } = new([("k1", new byte[32])]);

    public long Ms { get; set; }

    public MeshNow Now => new(Ms, began.AddMilliseconds(Ms));

    public MeshLaw this[string site] => laws[site];

    public MeshSites Sites(string here) => new(here, Names);

    /// <summary>Starts a server, or restarts it: nothing of before is known.</summary>
    public MeshLaw Start(string name) =>
        laws[name] = new MeshLaw(Options, Sites(name), Keys, new SeededChance((ulong)(Array.IndexOf(Names, name) + 1 + Ms)), Now);

    public Admission Edge(string site, string called = "301", CallEntry entry = CallEntry.Phone, int maxForwards = 70) =>
        this[site].Admit(new MeshArrival(entry, "edge", called, [], null, maxForwards), Now);

    public static LegRequest Site(string site, string target = "301") => new(new LegPlan("IAX2", LegKind.Site, target, site, "", null));

    public static LegRequest Phone(string account, string? device = null) => new(new LegPlan("SIP", LegKind.Phone, account, "", device ?? $"d-{account}", null));

    public static LegRequest Carrier(string number) => new(new LegPlan("TRUNK", LegKind.Carrier, number, "magrathea", "", null));

    public static LegRequest Peer(string peer, string number = "301") => new(new LegPlan("IAX2", LegKind.Peer, number, peer, "", null));

    public IReadOnlyList<PricedLeg> Price(string site, MeshBranch branch, params LegRequest[] legs) => this[site].Price(branch, legs, Now);

    /// <summary>What arrives at the leg's site.</summary>
    public static MeshArrival Arrival(string from, PricedLeg leg) => new(CallEntry.Site, from, leg.Plan.Target, [leg.Hop!], leg.Rung, 70);

    public Admission Deliver(string from, PricedLeg leg) => this[leg.Plan.Peer].Admit(Arrival(from, leg), Now);

    /// <summary>A header of a site, made as it makes them.</summary>
    public PricedLeg Leg(string from, string to, string target = "301")
    {
        var branch = Edge(from, target).Branch!;
        var leg = Price(from, branch, Site(to, target))[0];
        this[from].Leave(branch);
        return leg;
    }
}
