using Mesh.Host.Pages;

namespace Mesh.Host.Status.Feeds;

/// <summary>A picture of two words for other people's pages.</summary>
public static class StatusBadge
{
    /// <summary>Longer texts are cut.</summary>
    public const int MaxLength = 60;

    /// <param name="tone">up, degraded, down or unknown.</param>
    public static string Write(string label, string value, string tone)
    {
        (label, value) = (Cut(label), Cut(value));
        int left = Width(label), right = Width(value);
        // Dark enough for white text: 4.5 to 1 and more.
        string colour = tone switch { "up" => "#0a6b2d", "degraded" => "#7a4b00", "down" => "#a3141e", _ => "#565b62" };
        return Html.Of($"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img" aria-label="{label}: {value}">
            <title>{label}: {value}</title>
            <rect width="{left}" height="20" fill="#32363b"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/>
            <g fill="#ffffff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">
            <text x="{left / 2}" y="14" textLength="{left - 12}" lengthAdjust="spacingAndGlyphs">{label}</text>
            <text x="{left + (right / 2)}" y="14" textLength="{right - 12}" lengthAdjust="spacingAndGlyphs">{value}</text>
            </g>
            </svg>

            """).Markup;
    }

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[..(MaxLength - 1)] + "…";

    private static int Width(string text) => (text.Length * 7) + 12;
}
