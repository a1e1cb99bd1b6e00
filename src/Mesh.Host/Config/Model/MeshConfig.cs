namespace Mesh.Host.Config.Model;

/// <summary>What the sites share, as one site reads it.</summary>
/// <param name="Sites">By name, in the order written.</param>
/// <param name="People">By extension.</param>
/// <param name="Phones">By account.</param>
/// <param name="Key">Null in a mesh of one site that has none.</param>
public sealed record MeshConfig(
    string Name,
    IReadOnlyList<SiteConfig> Sites,
    IReadOnlyDictionary<string, PersonConfig> People,
    IReadOnlyDictionary<string, PhoneConfig> Phones,
    IReadOnlyDictionary<string, PeerConfig> Peers,
    IReadOnlyDictionary<string, TrunkConfig> Trunks,
    Secret? Key)
{
    /// <summary>Every datagram between two of our sites is encrypted and authenticated.</summary>
    public bool Sealed { get; init; }

    /// <summary>How the audio between two of our sites shares datagrams; null when it does not.</summary>
    public VoiceTrunkConfig? SiteTrunk { get; init; }

    /// <summary>The trunk a datagram from <paramref name="source"/> belongs to; null when it is nobody's.</summary>
    public TrunkConfig? TrunkOf(Mesh.Io.NetAddress source)
    {
        foreach (var trunk in Trunks.Values)
            if (trunk.Owns(source)) return trunk;
        return null;
    }
}
