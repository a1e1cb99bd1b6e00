namespace Mesh.Dialplan.Calls;

/// <summary>Why a hop header could not be read.</summary>
public enum HopFault : byte
{
    None,
    TooLong,
    UnknownVersion,
    Malformed,
}
