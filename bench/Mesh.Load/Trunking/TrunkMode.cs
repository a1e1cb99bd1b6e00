using Mesh.Iax2.Trunking;

namespace Mesh.Load.Trunking;

/// <summary>One way of carrying voice between two sites.</summary>
public sealed record TrunkMode(string Name, TrunkOptions? Trunk, bool Sealed)
{
    /// <summary>What a bundle says of its own sites when it says nothing.</summary>
    private static readonly TrunkOptions Sites = new() { Mtu = 1_340 };

    public static readonly IReadOnlyList<TrunkMode> All =
    [
        new("mini frames", null, false),
        new("trunk to a peer: MTU 1240, a stamp for each call", new TrunkOptions(), false),
        new("the same, one stamp for all", new TrunkOptions { WithTimestamps = false }, false),
        new("trunk between our sites: MTU 1340", Sites, false),
        new("mini frames, sealed", null, true),
        new("trunk of MTU 1240, sealed", new TrunkOptions(), true),
        new("trunk between our sites, sealed (the default)", Sites, true),
    ];
}
