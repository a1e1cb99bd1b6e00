namespace Mesh.Host.Sorry.Http;

/// <summary>The limits of sorry over HTTP.</summary>
public sealed record HttpOptions
{
    /// <summary>Connections at once, HTTP and HTTPS together; above it the one whose last answer is longest ago makes room.</summary>
    public int Connections { get; init; } = 10_000;

    /// <summary>Connections at once from one source (an IPv4 address or an IPv6 /64): behind one there may be an office.</summary>
    public int ConnectionsPerSource { get; init; } = 100;

    /// <summary>Requests of one connection; the answer to the last says that it is.</summary>
    public int Requests { get; init; } = 100;

    /// <summary>For the head of a request, and for a handshake.</summary>
    public TimeSpan HeadTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>For the next request of a connection.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Octets of a request's head.</summary>
    public int HeadOctets { get; init; } = 16 * 1024;

    /// <summary>Retry-After where no end is known.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Retry-After at most: whoever asks later than that asks too late.</summary>
    public TimeSpan RetryAtMost { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Seconds of Retry-After.</summary>
    public long RetrySeconds(DateTimeOffset? until, DateTimeOffset now)
    {
        var wait = until is { } end ? end - now : RetryAfter;
        return (long)Math.Ceiling(Math.Clamp(wait.TotalSeconds, 1, RetryAtMost.TotalSeconds));
    }
}
