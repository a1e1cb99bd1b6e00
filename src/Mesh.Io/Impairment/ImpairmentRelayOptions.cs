namespace Mesh.Io;

/// <summary>
/// Between whom an <see cref="ImpairmentRelay"/> stands. The near end believes the far end to be at <see cref="NearSide"/>; the far end believes the near end to be at
/// <see cref="FarSide"/>. A port of 0 in a side is chosen by the system.
/// </summary>
public sealed record ImpairmentRelayOptions
{
    public required NetAddress NearEnd { get; init; }

    public required NetAddress NearSide { get; init; }

    public required NetAddress FarSide { get; init; }

    public required NetAddress FarEnd { get; init; }

    /// <summary><see cref="Impairments.Out"/> is from the near end to the far end.</summary>
    public Impairments Impairments { get; init; } = Impairments.None;

    /// <summary>Datagrams of one direction on their way at once; more are dropped and counted.</summary>
    public int MostHeld { get; init; } = 65_536;
}
