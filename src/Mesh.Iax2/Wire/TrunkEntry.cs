namespace Mesh.Iax2.Wire;

/// <summary>One call's voice inside a <see cref="TrunkFrame"/>, by its place in the datagram.</summary>
public readonly struct TrunkEntry
{
    public const int PlainHeaderLength = 4;
    public const int TimedHeaderLength = 6;

    public ushort SourceCall { get; init; }

    /// <summary>Low 16 bits of the call's clock; 0 means absent, and always so in a frame without time stamps.</summary>
    public ushort Timestamp { get; init; }

    /// <summary>Octets from the start of the datagram to the payload.</summary>
    public int Offset { get; init; }

    public int Length { get; init; }
}
