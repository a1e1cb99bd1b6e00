namespace Mesh.Dialplan.Language;

/// <summary>Endpoints that ring together; the first to answer wins.</summary>
public sealed class Ring(IReadOnlyList<Endpoint> endpoints)
{
    /// <summary>In the order written. Throws <see cref="DialplanException"/> for a place that is not set: a variable used before its line.</summary>
    public IReadOnlyList<Endpoint> Endpoints { get; } = Complete(endpoints);

    public static Ring operator &(Ring ring, Endpoint also) => new([.. ring.Endpoints, also]);

    public static Ring operator &(Ring ring, Ring also) => new([.. ring.Endpoints, .. also.Endpoints]);

    public static implicit operator Ring(Endpoint endpoint) => new([endpoint]);

    private static IReadOnlyList<Endpoint> Complete(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint is null)
        ? throw new DialplanException("A place in this ring is not set yet", "Files are read in the order of their names, lines from the top: use a variable below the line that sets it")
        : endpoints;

    public override string ToString() => Endpoints.Count == 1 ? Endpoints[0].Spelling : string.Join('&', Endpoints.Select(e => e.Spelling));
}
