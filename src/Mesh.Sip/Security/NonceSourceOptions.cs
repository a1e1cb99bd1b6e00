namespace Mesh.Sip.Security;

/// <summary>How long a nonce is good for.</summary>
public sealed record NonceSourceOptions
{
    /// <summary>Seconds a nonce may be used after it was made.</summary>
    public int LifetimeSeconds { get; init; } = 3600;

    /// <summary>Seconds within which a nonce must be used for the first time: bounds what a lost counter could let through again.</summary>
    public int FirstUseSeconds { get; init; } = 60;

    /// <summary>Uses of one nonce.</summary>
    public int MaxUses { get; init; } = 1000;

    /// <summary>Nonces whose counts are remembered, a power of two; 24 octets each. A nonce whose place was taken is stale, and its phone asks for another.</summary>
    public int Tracked { get; init; } = 16_384;

    public static readonly NonceSourceOptions Default = new();
}
