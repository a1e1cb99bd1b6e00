namespace Mesh.Dialplan.Calls;

/// <summary>
/// Where a fork tries devices whose path proved dead (R11): over another contact of the same device here, else over the next site that the ring names. Each try is a new leg, paid
/// like any other, and the device is off the list it carries; all others keep leaving it out.
/// </summary>
internal sealed class SecondPaths(Fork fork, MeshBranch branch)
{
    /// <summary>A device may have two contacts at the next site, and the first be dead.</summary>
    private const int CreditPerDevice = 2;

    private HashSet<LegPlan>? used;

    public RingPlan Plan { get; set; } = new([], [], []);

    public int SiteIndexOf(LegPlan plan)
    {
        for (int i = 0; i < Plan.Sites.Count; i++)
            if (ReferenceEquals(Plan.Sites[i], plan)) return i;
        return -1;
    }

    /// <summary>There is another way to a leg's device. Without one a silent leg is left alone: its phone may only be slow, or a datagram was lost and will be sent again.</summary>
    public bool HasOtherThan(ForkLeg leg)
    {
        // A branch's device is tried over the next site by the site that sent the call here.
        if (branch.CameOverTrunk || Plan.Sites.Count > 0) return true;
        foreach (var alternate in Plan.Alternates)
            if (alternate.DeviceKey == leg.Priced.Plan.DeviceKey && used?.Contains(alternate) != true) return true;
        return false;
    }

    /// <summary>A leg failed in a way that says nothing about the person.</summary>
    public void After(ForkLeg leg, bool unheard)
    {
        if (leg.Priced.Request.Spared.Count > 0) NextSite(leg.Priced.Request.Spared, leg.SiteIndex + 1);
        else if (unheard && leg.Priced.Plan.Kind == LegKind.Phone) AfterSilence([leg]);
    }

    /// <summary>These gave no sign of life: what has no other contact here goes to one site together.</summary>
    public void AfterSilence(IReadOnlyList<ForkLeg> legs)
    {
        var elsewhere = new List<string>();
        foreach (var leg in legs)
        {
            branch.Strike(leg.Priced.Device);
            if (!NextContact(leg.Priced.Plan.DeviceKey)) elsewhere.Add(leg.Priced.Device);
        }
        if (elsewhere.Count > 0) NextSite(elsewhere, 0);
    }

    private bool NextContact(string deviceKey)
    {
        foreach (var alternate in Plan.Alternates)
            if (alternate.DeviceKey == deviceKey && (used ??= []).Add(alternate) && fork.Make([new LegRequest(alternate)]) > 0) return true;
        return false;
    }

    private void NextSite(IReadOnlyList<string> devices, int from)
    {
        // What came over a trunk leaves over no other (R8): the site that sent it tries the next one.
        if (branch.CameOverTrunk) return;
        for (int i = from; i < Plan.Sites.Count; i++)
        {
            var request = new LegRequest(Plan.Sites[i]) { Spared = devices, CreditLimit = devices.Count * CreditPerDevice };
            if (fork.Make([request]) == 0) continue;
            foreach (string device in devices) branch.LeaveToOthers(device);
            return;
        }
    }
}
