namespace Mesh.Iax2.Wire;

/// <summary>What a dialplan says of the digits dialled so far: the element DPSTATUS (RFC 5456 section 8.6.20). One of the first three, and flags.</summary>
[Flags]
public enum DialplanStatus : ushort
{
    None = 0,
    /// <summary>The number can be called as it is.</summary>
    Exists = 1,
    /// <summary>More digits may make it a number.</summary>
    CanExist = 2,
    /// <summary>Nothing begins like this.</summary>
    NonExistent = 4,
    /// <summary>The dial tone goes on.</summary>
    KeepDialTone = 0x4000,
    /// <summary>A longer number begins with these digits.</summary>
    MatchMore = 0x8000,
}
