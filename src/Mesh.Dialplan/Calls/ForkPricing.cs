namespace Mesh.Dialplan.Calls;

/// <summary>R6-R9 and R11: what each leg of one step of a fork costs, and whether it may be made at all.</summary>
internal sealed class ForkPricing(MeshLaw law, MeshIds ids, MeshSites sites, ILegCaps? caps)
{
    public IReadOnlyList<PricedLeg> Price(MeshBranch branch, IReadOnlyList<LegRequest> requests, MeshNow now)
    {
        var priced = new List<PricedLeg>(requests.Count);
        HashSet<string>? diverted = null;
        foreach (var request in requests)
        {
            if (IsDiversion(branch, request)) diverted ??= new HashSet<string>(StringComparer.Ordinal);
            var refusal = Judge(branch, request, diverted, now);
            law.Counters.Count(refusal);
            priced.Add(new PricedLeg(request, refusal) { Device = DeviceOf(request.Plan) });
            if (refusal == LegRefusal.None) Pay(branch, request, diverted);
        }
        Endow(branch, priced, now);
        return priced;
    }

    private LegRefusal Judge(MeshBranch branch, LegRequest request, HashSet<string>? diverted, MeshNow now)
    {
        var plan = request.Plan;
        // 999 always goes out: only that it loops between our own servers is still refused, because it is dialled to a carrier.
        if (plan.Kind == LegKind.Carrier && law.Options.IsEmergency(plan.Target)) return LegRefusal.None;
        if (branch.IsAnswered) return LegRefusal.Answered;
        if (branch.DeadlineMs <= now.Ms) return LegRefusal.SetupTimeOver;
        if (branch.MaxForwards <= 0) return LegRefusal.NoHops;
        if (branch.IsLeaf && plan.Kind != LegKind.Phone) return LegRefusal.Leaf;
        var refusal = plan.Kind switch
        {
            LegKind.Phone => JudgePhone(branch, plan),
            LegKind.Site => JudgeSite(branch, request),
            LegKind.Peer => !branch.MadeOrigin || branch.Origin.HasDialled(plan.Peer) ? LegRefusal.UnawarePeer : LegRefusal.None,
            _ => LegRefusal.None,
        };
        if (refusal != LegRefusal.None) return refusal;
        if (branch.CameOverTrunk && plan.Kind == LegKind.Site && !request.IsDiversion && IsSameNumber(branch, plan)) return LegRefusal.SplitHorizon;
        if (IsDiversion(branch, request) && branch.Diversions <= 0 && !diverted!.Contains(plan.Target)) return LegRefusal.NoDiversions;
        if (branch.Credit <= 0) return LegRefusal.NoCredit;
        return caps is null || caps.Allows(branch, plan) ? LegRefusal.None : LegRefusal.Capped;
    }

    /// <summary>R11.</summary>
    private static LegRefusal JudgePhone(MeshBranch branch, LegPlan plan)
    {
        string device = DeviceOf(plan);
        if (branch.Excludes(device, MeshHash.Account(plan.Target))) return LegRefusal.AlreadyRung;
        // The list is made only where it could be full.
        return branch.Origin.Rung.Count + branch.Listed.Count < MeshRung.MaxDevices || RungList(branch, []).Count < MeshRung.MaxDevices ? LegRefusal.None : LegRefusal.RungListFull;
    }

    /// <summary>R5 and R7, seen from the sender: the receiver would refuse it anyway.</summary>
    private LegRefusal JudgeSite(MeshBranch branch, LegRequest request)
    {
        if (branch.Hops <= 0 || branch.Path.Count >= MeshHop.MaxPath) return LegRefusal.NoHops;
        // A leg to ourselves would come back from a peer that is none, as a leaf with credit of its own.
        if (sites.IdOf(request.Plan.Peer) is not { } site || site == sites.HereId) return LegRefusal.UnknownSite;
        if (MeshPath.Blocks(PathThrough(branch), site, MeshHash.Target(request.Plan.Target), law.Options.Visits)) return LegRefusal.Loop;
        return RungList(branch, request.Spared).Count <= MeshRung.MaxDevices ? LegRefusal.None : LegRefusal.RungListFull;
    }

    /// <summary>
    /// R8: a diversion is what a far end asks for, and, for a call that came over a trunk, any other number over another trunk or any number over a carrier. Dialling the same
    /// number on at another site is no diversion but a flood.
    /// </summary>
    private static bool IsDiversion(MeshBranch branch, LegRequest request) =>
        request.IsDiversion || (branch.CameOverTrunk && request.Plan.Kind != LegKind.Phone);

    private static bool IsSameNumber(MeshBranch branch, LegPlan plan) => MeshHash.Target(plan.Target) == branch.CalledKey;

    /// <summary>R6: every leg costs one, and is paid before anything is sent. One diversion that rings at several places is one diversion.</summary>
    private static void Pay(MeshBranch branch, LegRequest request, HashSet<string>? diverted)
    {
        var plan = request.Plan;
        branch.Credit = Math.Max(0, branch.Credit - 1);
        if (IsDiversion(branch, request) && diverted!.Add(plan.Target)) branch.Diversions = Math.Max(0, branch.Diversions - 1);
        if (plan.Kind == LegKind.Phone) branch.Origin.Ring(DeviceOf(plan));
        if (plan.Kind == LegKind.Peer) branch.Origin.Dial(plan.Peer);
    }

    /// <summary>R7: a quarter of what is left is kept for later steps, the rest is split evenly among the legs to aware peers. Never given back (R10).</summary>
    private void Endow(MeshBranch branch, List<PricedLeg> priced, MeshNow now)
    {
        int aware = priced.Count(leg => leg.IsAllowed && leg.Plan.Kind == LegKind.Site);
        if (aware == 0) return;
        int kept = (branch.Credit + 3) / 4;
        int each = Math.Min((branch.Credit - kept) / aware, MeshHop.MaxCredit);
        for (int i = 0; i < priced.Count; i++)
        {
            if (!priced[i].IsAllowed || priced[i].Plan.Kind != LegKind.Site) continue;
            int taken = Math.Min(each, priced[i].Request.CreditLimit);
            branch.Credit -= taken;
            priced[i] = WithHeader(branch, priced[i], taken, now);
        }
    }

    private PricedLeg WithHeader(MeshBranch branch, PricedLeg leg, int credit, MeshNow now)
    {
        string? rung = MeshRung.Write(RungList(branch, leg.Request.Spared));
        var hop = new MeshHop
        {
            Origin = branch.Origin.Id,
            Leg = ids.NewLeg(now.Utc),
            Hops = branch.Hops - 1,
            Credit = credit,
            Diversions = branch.Diversions,
            SetupMs = (int)Math.Min(branch.DeadlineMs - now.Ms, MeshHop.MaxSetupMs),
            Path = PathThrough(branch),
            KeyId = law.Keys.SigningKeyId,
        };
        return leg with { Hop = law.Keys.Sign(hop, sites.HereId, sites.IdOf(leg.Plan.Peer)!, leg.Plan.Target, rung).ToString(), Rung = rung };
    }

    private PathHop[] PathThrough(MeshBranch branch) => [.. branch.Path, new PathHop(sites.HereId, branch.CalledKey)];

    /// <summary>What others are to leave out: what rings or has rung here, what the sender listed, what another site is asked to ring; but not what this leg is to ring.</summary>
    private static HashSet<string> RungList(MeshBranch branch, IReadOnlyList<string> spared)
    {
        var list = new HashSet<string>(branch.Origin.Rung, StringComparer.Ordinal);
        list.UnionWith(branch.Listed);
        list.ExceptWith(spared);
        return list;
    }

    private static string DeviceOf(LegPlan plan) =>
        plan.Kind != LegKind.Phone ? "" : plan.DeviceKey.Length > 0 ? MeshHash.Device(plan.DeviceKey) : MeshHash.Account(plan.Target);
}
