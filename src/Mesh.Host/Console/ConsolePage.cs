using Mesh.Host.Pages;

namespace Mesh.Host.Console;

/// <summary>One page of the console, before its frame.</summary>
/// <param name="Content">What follows the heading; the part that is kept up to date is in <see cref="Live"/> instead.</param>
public sealed record ConsolePage(ConsoleSection Section, string Title, Html Content)
{
    /// <summary>Shown after <see cref="Content"/> and replaced by what <see cref="Feed"/> brings.</summary>
    public Html Live { get; init; }

    /// <summary>The address of its event stream; null when nothing of it changes by itself.</summary>
    public string? Feed { get; init; }

    /// <summary>Shown last: forms, which nothing may replace while somebody types.</summary>
    public Html After { get; init; }

    /// <summary>Style and script of this page alone.</summary>
    public PageInsert? Insert { get; init; }

    public int Status { get; init; } = 200;
}
