namespace Mesh.Host.Config.Model;

/// <summary>Where a site says sorry; null: nowhere.</summary>
public sealed record SorryListenConfig(ListenAddress? Http, ListenAddress? Https, ListenAddress? Smtp);
