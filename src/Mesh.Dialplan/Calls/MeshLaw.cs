using Mesh.Io;

namespace Mesh.Dialplan.Calls;

/// <summary>
/// The law that keeps one call from becoming a cascade: who may enter with what (ADMIT, R1-R5), and what each leg costs (FORK, R6-R9 and R11). Without clock or socket: time and chance
/// are handed in. Owned by the signalling loop, so there are never two forks of one origin at once.
/// </summary>
public sealed class MeshLaw
{
    private readonly MeshSites sites;
    private readonly MeshIds ids;
    private readonly HopCheck check;
    private readonly ForkPricing pricing;

    /// <param name="started">When this server started: headers issued before it are refused.</param>
    public MeshLaw(MeshLawOptions options, MeshSites sites, MeshKeyRing keys, IChance chance, MeshNow started, ILegCaps? caps = null)
    {
        this.sites = sites;
        Options = options;
        ids = new MeshIds(chance);
        check = new HopCheck(options, sites, started);
        Origins = new OriginTable(options.MaxOrigins, options.RememberMs);
        Keys = keys;
        pricing = new ForkPricing(this, ids, sites, caps);
    }

    public MeshLawOptions Options { get; }

    public OriginTable Origins { get; }

    public MeshLawCounters Counters { get; } = new();

    /// <summary>The keys in force; a reload puts another ring here.</summary>
    public MeshKeyRing Keys { get; set; }

    /// <summary>Lets a call in, as what it may be, or says with what to refuse it. An admitted branch is given back with <see cref="Leave"/>.</summary>
    public Admission Admit(in MeshArrival call, MeshNow now)
    {
        Origins.Forget(now.Ms);
        var admission = call.Entry switch
        {
            CallEntry.Phone or CallEntry.Carrier => Fresh(call, now),
            CallEntry.Site => FromSite(call, now),
            _ => Leaf(AdmissionKind.LeafUnaware, call, now),
        };
        Counters.Count(admission.Kind);
        return admission;
    }

    /// <summary>
    /// Decides which of <paramref name="requests"/> become legs, pays for them from the branch, and writes their headers. In the order given: the last are the first to go
    /// without when credit is short. Sends nothing.
    /// </summary>
    public IReadOnlyList<PricedLeg> Price(MeshBranch branch, IReadOnlyList<LegRequest> requests, MeshNow now) => pricing.Price(branch, requests, now);

    /// <summary>The branch's call is over.</summary>
    public void Leave(MeshBranch branch) => Origins.Leave(branch);

    /// <summary>R1. What an edge says about hops is not even looked at.</summary>
    private Admission Fresh(in MeshArrival call, MeshNow now)
    {
        if (Origins.HasNoRoomForCalls && !Options.IsEmergency(call.Called)) return Admission.Refuse(AdmissionKind.RefusedFull);
        var origin = Origins.FindOrAdd(ids.NewOrigin());
        if (call.DeviceKey.Length > 0) origin.Ring(MeshHash.Device(call.DeviceKey));
        return new Admission(AdmissionKind.Fresh, Origins.Enter(new MeshBranch(origin, call)
        {
            Credit = Options.CreditByNumber.GetValueOrDefault(call.Called, Options.Credit),
            Hops = Math.Min(Options.Hops, call.MaxForwards),
            Diversions = Options.Diversions,
            DeadlineMs = now.Ms + Options.SetupMs,
        }), HangupCause.None);
    }

    /// <summary>R3.</summary>
    private Admission Leaf(AdmissionKind kind, in MeshArrival call, MeshNow now)
    {
        if (Origins.HasNoRoomForCalls && !Options.IsEmergency(call.Called)) return Admission.Refuse(AdmissionKind.RefusedFull);
        return new Admission(kind, Origins.Enter(new MeshBranch(Origins.FindOrAdd(ids.NewOrigin()), call)
        {
            Credit = Options.LeafCredit,
            DeadlineMs = now.Ms + Options.SetupMs,
            IsLeaf = true,
        }), HangupCause.None);
    }

    /// <summary>R2, then R4 and R5.</summary>
    private Admission FromSite(in MeshArrival call, MeshNow now)
    {
        var kind = check.Read(call, Keys, now, out var read);
        if (kind == AdmissionKind.RefusedOlderThanUptime) return Admission.Refuse(kind);
        if (kind != AdmissionKind.Aware || read is not { } checkedHop) return Leaf(kind, call, now);

        var (hop, sender, rung) = checkedHop;
        if (Origins.Find(hop.Origin) is { } known && (known.HasSeen(sender, hop.Leg) || known.SeenCount >= Options.MaxLegsSeen))
            return Admission.Refuse(AdmissionKind.RefusedRepeated);
        if (Origins.HasNoRoomForOrigins || Origins.HasNoRoomForCalls) return Admission.Refuse(AdmissionKind.RefusedFull);
        var origin = Origins.FindOrAdd(hop.Origin);
        Origins.See(origin, sender, hop.Leg, now.Ms);

        if (hop.SetupMs <= 0) return Admission.Refuse(AdmissionKind.RefusedExpired);
        if (MeshPath.Blocks(hop.Path, sites.HereId, MeshHash.Target(call.Called), Options.Visits)) return Admission.Refuse(AdmissionKind.RefusedLoop);
        var branch = new MeshBranch(origin, call)
        {
            Credit = hop.Credit,
            Hops = Math.Min(Math.Min(hop.Hops, Options.Hops), call.MaxForwards),
            Diversions = Math.Min(hop.Diversions, Options.Diversions),
            DeadlineMs = now.Ms + Math.Min(hop.SetupMs, Options.SetupMs),
            Path = hop.Path,
            Hop = hop,
        };
        foreach (string device in rung) branch.LeaveToOthers(device);
        return new Admission(AdmissionKind.Aware, Origins.Enter(branch), HangupCause.None);
    }
}
