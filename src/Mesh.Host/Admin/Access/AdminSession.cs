namespace Mesh.Host.Admin.Access;

/// <summary>A browser that was let in once. Frozen.</summary>
/// <param name="Id">Secret: whoever has it is in.</param>
/// <param name="Name">Where a certificate proved it; else empty.</param>
/// <param name="BeganAt">On the clock of <see cref="TimeProvider.GetTimestamp"/>, as the others.</param>
public sealed record AdminSession(string Id, AdminPass Pass, string Name, long BeganAt, long UsedAt)
{
    /// <summary>Null: read only.</summary>
    public AdminWriter? Writer { get; init; }
}

/// <summary>Who writes in a session, and why, as the journal will have it.</summary>
/// <param name="Until">UTC; then it is read only again.</param>
public sealed record AdminWriter(string Who, string Why, long Since, DateTimeOffset Until);
