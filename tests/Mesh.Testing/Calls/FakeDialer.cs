using Mesh.Dialplan.Calls;
using Mesh.Dialplan.Language;
using Mesh.Io;

namespace Mesh.Testing.Calls;

/// <summary>Makes <see cref="FakeLeg"/>s. What an endpoint stands for is written into <see cref="Places"/> by its spelling; one that is not there cannot be reached.</summary>
public sealed class FakeDialer(Loop loop, string technology) : IDialer
{
    public string Technology { get; } = technology;

    public Dictionary<string, List<LegPlan>> Places { get; } = new(StringComparer.Ordinal);

    public HangupCause WhenUnreachable { get; set; } = HangupCause.DestinationOutOfOrder;

    public List<FakeLeg> Legs { get; } = [];

    /// <summary>What the far end does with a new leg; runs on the loop after it was started.</summary>
    public Action<FakeLeg>? Behaviour { get; set; }

    /// <summary>A phone with one contact for each device key.</summary>
    public FakeDialer Phone(string account, params string[] devices)
    {
        Places[$"SIP/{account}"] = [.. (devices.Length == 0 ? [$"device-of-{account}"] : devices).Select(d => new LegPlan(Technology, LegKind.Phone, account, "", d, null))];
        return this;
    }

    public FakeDialer Place(string spelling, LegKind kind, string peer, string target)
    {
        Places[spelling] = [new LegPlan(Technology, kind, target, peer, "", null)];
        return this;
    }

    public FakeDialer Site(string site, string number) => Place($"IAX2/{site}/{number}", LegKind.Site, site, number);

    public HangupCause Resolve(Endpoint endpoint, List<LegPlan> plans)
    {
        if (!Places.TryGetValue(endpoint.Spelling, out var found)) return WhenUnreachable;
        plans.AddRange(found);
        return HangupCause.None;
    }

    public ILeg Start(LegOrder order, ILegObserver observer)
    {
        var leg = new FakeLeg(loop, order, observer);
        Legs.Add(leg);
        if (Behaviour is { } behave) loop.Post(_ => behave(leg));
        return leg;
    }
}
