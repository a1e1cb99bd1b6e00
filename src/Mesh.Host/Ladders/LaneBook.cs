using Mesh.Host.Ladders.Reading;

namespace Mesh.Host.Ladders;

/// <summary>Gives every participant its lane, in the order they come up.</summary>
/// <param name="addresses">Where each site listens for the others.</param>
internal sealed class LaneBook(IReadOnlyDictionary<string, string> addresses)
{
    private readonly List<Lane> lanes = [];

    public IReadOnlyList<Lane> Lanes => lanes;

    public int OfSite(string name) => Of(new Lane(name, "site", ""));

    /// <summary>Who is at the other end of a leg: a site by the address it listens on, even after another has left the call; else by what the leg was made as.</summary>
    public int OfRemote(SiteLeg leg, string remote)
    {
        if (leg.Protocol == "iax2" && addresses.TryGetValue(remote, out string? site)) return OfSite(site);
        return leg.Kind == "site" ? OfSite(leg.Name) : Of(new Lane(PlainText.Of(leg.Name), leg.Kind, leg.Messages.Count > 0 ? leg.Messages[0].Remote : remote));
    }

    private int Of(Lane lane)
    {
        int at = lanes.IndexOf(lane);
        if (at >= 0) return at;
        lanes.Add(lane);
        return lanes.Count - 1;
    }
}
