using Mesh.Iax2;
using Mesh.Io;

namespace Mesh.Testing.BadNetwork;

/// <summary>A run of calls between two of our sites with an <see cref="ImpairmentRelay"/> between them. Times in milliseconds.</summary>
public sealed record BadNetworkOptions
{
    public required Impairments Impairments { get; init; }

    public int Calls { get; init; } = 100;

    public double CallsPerSecond { get; init; } = 20;

    /// <summary>The far end rings this long before it answers.</summary>
    public int RingMs { get; init; } = 200;

    /// <summary>How long both ends talk; 0 for none.</summary>
    public int TalkMs { get; init; } = 1_000;

    /// <summary>Both ends are quiet this long before the caller hangs up, so that what is on its way arrives.</summary>
    public int QuietMs { get; init; } = 300;

    /// <summary>A call that is not up after this is given up by its caller, and counts as failed.</summary>
    public int PatienceMs { get; init; } = 20_000;

    /// <summary>Loopback or simulated addresses: the first three octets.</summary>
    public string Net { get; init; } = "10.9.0";

    /// <summary>Whether the sites probe each other, as in production.</summary>
    public bool Probes { get; init; } = true;

    /// <summary>The path between the sites is sealed: then nobody can look into the datagrams, and what was changed on the way is lost.</summary>
    public bool Sealed { get; init; }

    /// <summary>Voice of several calls shares datagrams.</summary>
    public bool Trunked { get; init; }

    public IaxEndpointOptions Endpoint { get; init; } = new();
}
