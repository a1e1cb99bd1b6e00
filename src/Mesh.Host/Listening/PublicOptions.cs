namespace Mesh.Host.Listening;

/// <summary>What everything that anybody may connect to may take of the machine, all listeners of a process together.</summary>
public sealed record PublicOptions
{
    /// <summary>Threads that serve it: as many cores as it can ever keep busy.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// Octets of all connections' buffers, of what was received and not answered yet, and <see cref="ConnectionOctets"/> for each connection. Above it the connections that have been slow for
    /// longest go.
    /// </summary>
    public long MemoryOctets { get; init; } = 256L * 1024 * 1024;

    /// <summary>What a connection costs besides its buffers: its pipes, its parser, its TLS.</summary>
    public int ConnectionOctets { get; init; } = 8 * 1024;

    /// <summary>Connections the kernel holds until they are accepted.</summary>
    public int Backlog { get; init; } = 4096;

    /// <summary>For a client to take the last reply and to close.</summary>
    public TimeSpan FarewellTime { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often all connections are looked at together: their times are right to within this.</summary>
    public TimeSpan SweepEvery { get; init; } = TimeSpan.FromMilliseconds(250);
}
