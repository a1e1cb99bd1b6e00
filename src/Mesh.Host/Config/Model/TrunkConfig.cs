using Mesh.Io;

namespace Mesh.Host.Config.Model;

/// <summary>A carrier.</summary>
/// <param name="From">The networks its calls come from.</param>
/// <param name="To">Where our calls go; null when it only brings calls.</param>
/// <param name="MaxCalls">Most calls at once, both ways; null for no limit.</param>
/// <param name="User">Our account there, empty when it asks for none.</param>
/// <param name="Numbers">Ours on it.</param>
public sealed record TrunkConfig(
    string Name, IReadOnlyList<Cidr> From, HostPort? To, int? MaxCalls, string User, Secret? Secret, IReadOnlyList<TrunkNumber> Numbers)
{
    /// <summary>How often it is asked with OPTIONS whether it is there; null: never, only calls tell.</summary>
    public TimeSpan? Options { get; init; }

    /// <summary>Whether a datagram from <paramref name="source"/> is this carrier's.</summary>
    public bool Owns(NetAddress source)
    {
        foreach (var network in From)
            if (network.Contains(source)) return true;
        return false;
    }
}

/// <summary>One of our public numbers.</summary>
/// <param name="Number">E.164 with its plus.</param>
/// <param name="Sites">Which site should take it, best first.</param>
public sealed record TrunkNumber(string Number, IReadOnlyList<string> Sites);
