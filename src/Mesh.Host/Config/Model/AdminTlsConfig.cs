namespace Mesh.Host.Config.Model;

/// <summary>The files of an admin listener over TLS, absolute.</summary>
/// <param name="Clients">Authorities of client certificates; null: none lets in.</param>
public sealed record AdminTlsConfig(string Certificate, string Key, string? Clients);
