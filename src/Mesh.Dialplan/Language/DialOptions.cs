namespace Mesh.Dialplan.Language;

/// <summary>How a ring is dialled.</summary>
public sealed record DialOptions
{
    /// <summary>How long to let it ring before giving up.</summary>
    public TimeSpan RingFor { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Where the plan says so, for traces and ladders.</summary>
    public string File { get; init; } = "";

    public int Line { get; init; }
}
