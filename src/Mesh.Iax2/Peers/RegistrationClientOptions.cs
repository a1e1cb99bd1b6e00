using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>A registration of ours at another server.</summary>
public sealed record RegistrationClientOptions
{
    public required NetAddress Server { get; init; }

    public required string Username { get; init; }

    public required string Secret { get; init; }

    public Wire.AuthenticationMethods Methods { get; init; } = Wire.AuthenticationMethods.Md5;

    /// <summary>For <see cref="Wire.AuthenticationMethods.Rsa"/>.</summary>
    public RsaKeys? Rsa { get; init; }

    /// <summary>Seconds asked for; the server decides.</summary>
    public int RefreshSeconds { get; init; } = 60;

    /// <summary>Seconds until the next try after a refusal.</summary>
    public int RefusedRetrySeconds { get; init; } = 60;
}
