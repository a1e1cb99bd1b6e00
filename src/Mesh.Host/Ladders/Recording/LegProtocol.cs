namespace Mesh.Host.Ladders.Recording;

/// <summary>What a leg speaks.</summary>
public enum LegProtocol : byte
{
    Sip,
    Iax2,
}
