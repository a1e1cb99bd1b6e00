namespace Mesh.Dialplan.Tests.Calls.Model;

/// <summary>Where a plan of the model would dial.</summary>
internal enum Place
{
    Phone,
    /// <summary>A phone that answers with a 302 to another place.</summary>
    DivertingPhone,
    Site,
    Carrier,
    /// <summary>The one system that knows no header: it sends every call it gets to <see cref="MeshScenario.PeerForks"/> of our servers.</summary>
    Peer,
}

/// <param name="Server">For a site: which.</param>
internal readonly record struct Branching(Place Place, int Server, int Target)
{
    public override string ToString() => Place switch
    {
        Place.Site => $"site{Server}/{Target}",
        Place.Peer => $"peer/{Target}",
        _ => $"{Place}{Target}",
    };
}

/// <summary>A mesh and what all its dialplans say; nobody ever answers, so that everything is tried.</summary>
/// <param name="Plans">For each server and target, in order: the rings it dials one after the other.</param>
/// <param name="Seed">Of loss, duplication, reordering and timing.</param>
internal sealed record MeshScenario(int Servers, int Targets, Branching[][][] Plans, int PeerForks, int LossPercent, int DuplicatePercent, ulong Seed)
{
    public Branching[][] Plan(int server, int target) => Plans[server * Targets + target];

    public override string ToString() =>
        $"{Servers} servers, peer forks {PeerForks}, loss {LossPercent} %, duplicates {DuplicatePercent} %, seed {Seed}: " + string.Join(
            " | ", Plans.Select((p, i) => $"{i / Targets}/{i % Targets}: " + string.Join(" then ", p.Select(ring => string.Join('&', ring)))));
}
