namespace Mesh.Dialplan.Loading;

/// <summary>What a plan makes of digits dialled so far.</summary>
[Flags]
public enum NumberStanding
{
    /// <summary>No number, and none begins like this.</summary>
    None = 0,
    /// <summary>A number as it is.</summary>
    Exists = 1,
    /// <summary>The beginning of a longer number.</summary>
    MayGrow = 2,
}
