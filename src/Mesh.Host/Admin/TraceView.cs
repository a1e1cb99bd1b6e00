namespace Mesh.Host.Admin;

/// <summary>What happened in one call at one site, as <c>/api/traces</c> shows it.</summary>
/// <param name="Call">The site's own id of the call.</param>
/// <param name="Origin">The same on every site.</param>
/// <param name="StartedAt">UTC.</param>
public sealed record TraceView(string Call, string Origin, DateTimeOffset StartedAt, IReadOnlyList<TraceLineView> Lines);

/// <summary>One line of it.</summary>
/// <param name="AtMs">Milliseconds since the call began here.</param>
public sealed record TraceLineView(long AtMs, string Text);
