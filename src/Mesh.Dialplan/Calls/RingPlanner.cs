using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>Resolves a ring into legs that could be made: people into their phones and the other sites, phones into their contacts. Sends nothing.</summary>
internal sealed class RingPlanner(CallSurroundings room)
{
    /// <param name="isDiversion">A far end sent us there (R8).</param>
    public RingPlan Plan(Ring ring, MeshBranch branch, bool isDiversion = false)
    {
        var found = new Found();
        for (int i = 0; i < ring.Endpoints.Count; i++)
        {
            if (ring.Endpoints[i] is not PersonEndpoint person || room.People.Find(person.Number) is not { } paths) Add(ring.Endpoints[i], found);
            else foreach (var endpoint in Expand(person, paths, branch)) Add(endpoint, found);
        }
        var (requests, alternates) = OnePathEach(found.Plans, isDiversion);
        IReadOnlyList<LegPlan> sites = found.Plans.Exists(IsSite) ? found.Plans.FindAll(IsSite) : [];
        if (found.Missing is { } missing && sites.Count > 0 && !branch.CameOverTrunk) GiveTo(sites[0], missing, requests, branch);
        return new RingPlan(requests, alternates, sites) { Unresolved = found.Unresolved ?? [] };
    }

    /// <summary>What the endpoints of a ring stand for. Most rings find everybody, so the lists of who is missing are made when somebody is.</summary>
    private sealed class Found
    {
        public readonly List<string> Seen = [];
        public readonly List<LegPlan> Plans = [];
        public List<(string Spelling, HangupCause Cause)>? Unresolved;
        public List<string>? Missing;
    }

    private void Add(Endpoint endpoint, Found found)
    {
        string spelling = endpoint.Spelling;
        if (found.Seen.Contains(spelling)) return;
        found.Seen.Add(spelling);
        var plans = found.Plans;
        int before = plans.Count;
        var cause = Resolve(endpoint, plans);
        for (int i = before; i < plans.Count; i++)
            if (plans[i].Spelling.Length == 0) plans[i] = plans[i] with { Spelling = spelling };
        if (plans.Count > before) return;
        (found.Unresolved ??= []).Add((spelling, cause));
        if (AccountOf(endpoint) is { } account) (found.Missing ??= []).Add(MeshHash.Account(account));
    }

    /// <summary>
    /// Phones that have no contact here may have one at several other sites. So that they still ring once, the first site is asked to ring them and the others to leave them out.
    /// </summary>
    private static void GiveTo(LegPlan site, List<string> missing, List<LegRequest> requests, MeshBranch branch)
    {
        foreach (string account in missing) branch.LeaveToOthers(account);
        int at = requests.FindIndex(r => ReferenceEquals(r.Plan, site));
        requests[at] = requests[at] with { Spared = missing };
    }

    private static bool IsSite(LegPlan plan) => plan.Kind == LegKind.Site;

    private static (List<LegRequest> Requests, IReadOnlyList<LegPlan> Alternates) OnePathEach(List<LegPlan> plans, bool isDiversion)
    {
        var requests = new List<LegRequest>(plans.Count);
        List<LegPlan>? alternates = null;
        var devices = plans.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var plan in plans)
        {
            if (plan.DeviceKey.Length > 0 && devices?.Add(plan.DeviceKey) == false) (alternates ??= []).Add(plan);
            else requests.Add(new LegRequest(plan, isDiversion));
        }
        return (requests, alternates ?? (IReadOnlyList<LegPlan>)[]);
    }

    private static IEnumerable<Endpoint> Expand(PersonEndpoint person, PersonPaths paths, MeshBranch branch)
    {
        // A branch of another site's fork rings its own phones: that site has asked the others itself.
        bool asksOthers = !branch.IsLeaf && (!branch.CameOverTrunk || MeshHash.Target(person.Number) != branch.CalledKey);
        return asksOthers ? paths.Phones.Concat(paths.Sites.Select(site => new IaxEndpoint(site, person.Number))) : paths.Phones;
    }

    private HangupCause Resolve(Endpoint endpoint, List<LegPlan> plans)
    {
        var technology = endpoint.Spelling.AsSpan(0, endpoint.Spelling.IndexOf('/'));
        foreach (var dialer in room.Dialers)
            if (technology.SequenceEqual(dialer.Technology)) return dialer.Resolve(endpoint, plans);
        return HangupCause.UnallocatedNumber;
    }

    private static string? AccountOf(Endpoint endpoint) => endpoint switch
    {
        PhoneEndpoint phone => phone.Account,
        IaxEndpoint { Number.Length: 0 } device => device.Peer,
        _ => null,
    };
}
