using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>Where a peer that registers can be reached, and until when.</summary>
/// <param name="PeerName">The peer's <see cref="PeerOptions.Name"/>.</param>
/// <param name="Address">The source of its datagrams, never something it wrote into one.</param>
/// <param name="RefreshSeconds">What we granted.</param>
/// <param name="ExpiresUtc">Wall clock, for the store; a restart takes it up again.</param>
public sealed record RegistrationBinding(string PeerName, NetAddress Address, int RefreshSeconds, DateTimeOffset ExpiresUtc);
