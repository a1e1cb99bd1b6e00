namespace Mesh.Dialplan.Language;

/// <summary>Endpoints that ring together; the first to answer wins.</summary>
public sealed class Ring(IReadOnlyList<Endpoint> endpoints)
{
    public IReadOnlyList<Endpoint> Endpoints { get; } = endpoints;

    public static Ring operator &(Ring ring, Endpoint also) => new([.. ring.Endpoints, also]);

    public static Ring operator &(Ring ring, Ring also) => new([.. ring.Endpoints, .. also.Endpoints]);

    public static implicit operator Ring(Endpoint endpoint) => new([endpoint]);

    public override string ToString() => string.Join('&', Endpoints.Select(e => e.Spelling));
}
