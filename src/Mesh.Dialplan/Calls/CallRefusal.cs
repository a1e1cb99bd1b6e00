namespace Mesh.Dialplan.Calls;

/// <summary>Why an incoming call never reached a handler. Each is counted.</summary>
public enum CallRefusal : byte
{
    None,
    /// <summary>The mesh law did not let it in.</summary>
    Law,
    /// <summary>As many calls are up as there may be.</summary>
    TooManyCalls,
    /// <summary>The plan has nothing for the number.</summary>
    UnknownNumber,
    /// <summary>The number is empty or longer than any.</summary>
    BadNumber,
    /// <summary>As many callers hear an announcement as there may be.</summary>
    TooManyAnnouncements,
}
