namespace Mesh.Browser.Tests;

/// <summary>What somebody's browser is set to.</summary>
public sealed record ReaderWishes
{
    public bool Dark { get; init; }

    /// <summary>CSS pixels.</summary>
    public int Width { get; init; } = 1280;

    public string Language { get; init; } = "en-GB";

    public string TimeZone { get; init; } = "Europe/London";

    public bool Scripts { get; init; } = true;

    /// <summary>Device pixels of a CSS pixel.</summary>
    public float Scale { get; init; } = 1;
}
