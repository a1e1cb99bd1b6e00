using System.Text;

namespace Mesh.Host.Status;

/// <summary>What is sent for a path.</summary>
public sealed record StatusAnswer(int Status, string ContentType, byte[] Body)
{
    public const string Page = "text/html; charset=utf-8", Json = "application/json; charset=utf-8", Atom = "application/atom+xml; charset=utf-8", Svg = "image/svg+xml; charset=utf-8";

    /// <summary>Of the text; empty where it has none.</summary>
    public string Language { get; init; } = "";

    /// <summary>The language was chosen by what the reader asked for.</summary>
    public bool IsNegotiated { get; init; }

    /// <summary>For one reader: kept by nobody, found by no search.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Seconds after which a browser asks again; 0 for never.</summary>
    public int RefreshSeconds { get; init; }

    /// <summary>Relative to the path asked for.</summary>
    public string? Location { get; init; }

    public static StatusAnswer Of(int status, string contentType, string text) => new(status, contentType, Encoding.UTF8.GetBytes(text));
}
