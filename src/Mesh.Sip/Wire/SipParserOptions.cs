namespace Mesh.Sip.Wire;

/// <summary>How much a message may be. Each limit has its <see cref="SipFault"/>, which the transport counts.</summary>
public sealed record SipParserOptions
{
    /// <summary>Start line and headers together, octets; never above 65,535.</summary>
    public int MaxHeaderBytes { get; init; } = 32 * 1024;

    /// <summary>Header lines; never above 256.</summary>
    public int MaxHeaderLines { get; init; } = 192;

    /// <summary>A Request-URI, octets: 414 beyond.</summary>
    public int MaxUriBytes { get; init; } = 2048;

    /// <summary>A body on a stream, octets: 413 beyond. A datagram limits itself.</summary>
    public int MaxBodyBytes { get; init; } = 256 * 1024;

    public static readonly SipParserOptions Default = new();
}
