using Mesh.Dialplan.Calls;
using Mesh.Io;
using Mesh.Io.Simulation;

namespace Mesh.Testing.Calls;

/// <summary>Sites whose legs to each other really arrive, after a while, as calls at the other's call runner: the mesh without its protocols.</summary>
public sealed class FakeMesh
{
    private readonly Dictionary<string, FakeSite> sites = new(StringComparer.Ordinal);

    public FakeMesh(SimulatedWorld world, params string[] names)
    {
        World = world;
        Chance = world.CreateChance();
        foreach (string name in names) sites[name] = new FakeSite(world, name, names, iax: loop => new WireDialer(this, name, loop));
    }

    public SimulatedWorld World { get; }

    public IChance Chance { get; }

    public IReadOnlyCollection<FakeSite> Sites => sites.Values;

    public FakeSite this[string name] => sites[name];

    /// <summary>One way, milliseconds.</summary>
    public int LatencyMs { get; set; } = 5;

    /// <summary>Probability that a leg is delivered a second time, as a copy of its first message that slipped past the protocol.</summary>
    public double Duplication { get; set; }

    /// <summary>Probability that a leg never arrives: it fails after <see cref="LossMs"/>.</summary>
    public double Loss { get; set; }

    public int LossMs { get; set; } = 5_000;

    /// <summary>Sites that no longer answer.</summary>
    public HashSet<string> Dead { get; } = [];

    /// <summary>Legs made over the whole mesh.</summary>
    public long LegsMade => Sites.Sum(s => s.Room.Counters.LegsMade);

    public string Leaks() => string.Join("; ", Sites.Select(s => (s.Name, Left: s.Leaks())).Where(l => l.Left.Length > 0).Select(l => $"{l.Name}: {l.Left}"));
}
