using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Calls;

/// <summary>Resolves a ring into legs that could be made: people into their phones and the other sites, phones into their contacts. Sends nothing.</summary>
internal sealed class RingPlanner(CallSurroundings room)
{
    /// <param name="isDiversion">A far end sent us there (R8).</param>
    public RingPlan Plan(Ring ring, MeshBranch branch, bool isDiversion = false)
    {
        var plans = new List<LegPlan>();
        var unresolved = new List<(string, HangupCause)>();
        var missing = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in ring.Endpoints.SelectMany(e => Expand(e, branch)))
        {
            string spelling = endpoint.Spelling;
            if (!seen.Add(spelling)) continue;
            int before = plans.Count;
            var cause = Resolve(endpoint, plans);
            for (int i = before; i < plans.Count; i++)
                if (plans[i].Spelling.Length == 0) plans[i] = plans[i] with { Spelling = spelling };
            if (plans.Count > before) continue;
            unresolved.Add((spelling, cause));
            if (AccountOf(endpoint) is { } account) missing.Add(MeshHash.Account(account));
        }
        var sites = plans.Where(p => p.Kind == LegKind.Site).ToList();
        var (requests, alternates) = OnePathEach(plans, isDiversion);
        if (missing.Count > 0 && sites.Count > 0 && !branch.CameOverTrunk) GiveTo(sites[0], missing, requests, branch);
        return new RingPlan(requests, alternates, sites) { Unresolved = unresolved };
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

    private static (List<LegRequest> Requests, List<LegPlan> Alternates) OnePathEach(List<LegPlan> plans, bool isDiversion)
    {
        var requests = new List<LegRequest>(plans.Count);
        var alternates = new List<LegPlan>();
        var devices = plans.Count > 1 ? new HashSet<string>(StringComparer.Ordinal) : null;
        foreach (var plan in plans)
        {
            if (plan.DeviceKey.Length > 0 && devices?.Add(plan.DeviceKey) == false) alternates.Add(plan);
            else requests.Add(new LegRequest(plan, isDiversion));
        }
        return (requests, alternates);
    }

    private IEnumerable<Endpoint> Expand(Endpoint endpoint, MeshBranch branch)
    {
        if (endpoint is not PersonEndpoint person) return [endpoint];
        if (room.People.Find(person.Number) is not { } paths) return [endpoint];
        // A branch of another site's fork rings its own phones: that site has asked the others itself.
        bool asksOthers = !branch.IsLeaf && (!branch.CameOverTrunk || MeshHash.Target(person.Number) != branch.CalledKey);
        return asksOthers ? paths.Phones.Concat(paths.Sites.Select(site => new IaxEndpoint(site, person.Number))) : paths.Phones;
    }

    private HangupCause Resolve(Endpoint endpoint, List<LegPlan> plans)
    {
        string technology = endpoint.Spelling[..endpoint.Spelling.IndexOf('/')];
        foreach (var dialer in room.Dialers)
            if (dialer.Technology == technology) return dialer.Resolve(endpoint, plans);
        return HangupCause.UnallocatedNumber;
    }

    private static string? AccountOf(Endpoint endpoint) => endpoint switch
    {
        PhoneEndpoint phone => phone.Account,
        IaxEndpoint { Number.Length: 0 } device => device.Peer,
        _ => null,
    };
}
