using Mesh.Iax2.Wire;
using Mesh.Io;

namespace Mesh.Iax2.Peers;

/// <summary>What must be remembered of a REGREQ while the store works, to answer it.</summary>
internal sealed record RegistrationRequest(ushort SourceCall, ushort DestinationCall, uint Timestamp, byte OutSequence, byte InSequence, NetAddress From)
{
    public FullFrame AsFrame() => new()
    {
        SourceCall = SourceCall, DestinationCall = DestinationCall, Timestamp = Timestamp, OutSequence = OutSequence, InSequence = InSequence, Type = FrameType.Iax,
    };
}
