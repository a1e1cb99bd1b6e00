namespace Mesh.Dialplan.Calls;

/// <summary>
/// What this server knows of one inbound call of the mesh (o): the devices it has rung for it, and the legs it has accepted. Shared by all branches of o here;
/// kept after they are over until no header of theirs could be believed any more.
/// </summary>
public sealed class MeshOrigin
{
    // Made when needed: most origins are remembered for one leg and no device.
    private List<(string Sender, string Leg)>? seen;
    private HashSet<string>? rung, peers;

    internal MeshOrigin(string id) => Id = id;

    /// <summary>o.</summary>
    public string Id { get; }

    /// <summary>Branches of it that live here.</summary>
    public int Branches { get; internal set; }

    internal long ForgetAtMs { get; set; } = -1;

    /// <summary>Devices this server rings or has rung (R11), as hashes.</summary>
    public IReadOnlyCollection<string> Rung => rung ?? (IReadOnlyCollection<string>)[];

    /// <summary>R4.</summary>
    internal bool HasSeen(string sender, string leg) => seen?.Contains((sender, leg)) ?? false;

    internal int SeenCount => seen?.Count ?? 0;

    internal void See(string sender, string leg) => (seen ??= []).Add((sender, leg));

    internal bool HasRung(string device) => rung?.Contains(device) ?? false;

    internal void Ring(string device) => (rung ??= new(StringComparer.Ordinal)).Add(device);

    internal void Strike(string device) => rung?.Remove(device);

    /// <summary>R9: an unaware peer is dialled once per origin.</summary>
    internal bool HasDialled(string peer) => peers?.Contains(peer) ?? false;

    internal void Dial(string peer) => (peers ??= new(StringComparer.Ordinal)).Add(peer);
}
