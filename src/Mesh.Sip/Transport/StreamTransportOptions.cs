using Mesh.Sip.Wire;

namespace Mesh.Sip.Transport;

/// <summary>Limits of a <see cref="StreamTransport"/>; what each refuses is counted in <see cref="StreamCounters"/>.</summary>
public sealed record StreamTransportOptions
{
    /// <summary>Connections open at once; a further one is closed on arrival.</summary>
    public int MaxConnections { get; init; } = 4_096;

    /// <summary>Limits of one message; beyond them the connection is closed.</summary>
    public SipParserOptions Parser { get; init; } = SipParserOptions.Default;

    /// <summary>Messages waiting to be written to one connection; a further one is refused.</summary>
    public int MaxQueuedMessages { get; init; } = 1_024;

    /// <summary>How long a message may stay incomplete, milliseconds (RFC 3261 18.3 leaves it to us).</summary>
    public int IncompleteMessageMs { get; init; } = 10_000;

    /// <summary>How long a connection may carry nothing, milliseconds.</summary>
    public int IdleMs { get; init; } = 900_000;

    /// <summary>How long a connection may take to open, milliseconds: below timer B, so that another address can be tried.</summary>
    public int ConnectMs { get; init; } = 5_000;
}

/// <summary>What happened at one stream transport. Written by several threads with <see cref="Interlocked"/>.</summary>
public sealed class StreamCounters
{
    public long Accepted, Connected, ConnectFailed, RefusedAtLimit, QueueFull, FramingErrors, TimedOutIncomplete, TimedOutIdle;
}
