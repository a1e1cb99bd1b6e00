namespace Mesh.Media.Rtcp;

/// <summary>Packet types of RFC 3550 section 12.1.</summary>
public enum RtcpType : byte
{
    SenderReport = 200,
    ReceiverReport = 201,
    SourceDescription = 202,
    Goodbye = 203,
    Application = 204,
}
