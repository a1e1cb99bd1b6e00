using System.Globalization;
using System.Text.RegularExpressions;
using Mesh.Host.Console;

namespace Mesh.Host.Tests.Console;

/// <summary>Contrast as WCAG 2.2 computes it (relative luminance), in light and dark.</summary>
public class ConsoleStyleTests
{
    [Theory]
    [InlineData(0, "text", "page", 4.5)]
    [InlineData(0, "quiet", "page", 4.5)]
    [InlineData(0, "link", "page", 4.5)]
    [InlineData(0, "up", "page", 4.5)]
    [InlineData(0, "warn", "page", 4.5)]
    [InlineData(0, "down", "page", 4.5)]
    [InlineData(0, "text", "band", 4.5)]
    [InlineData(0, "edge", "page", 3)]
    [InlineData(1, "text", "page", 4.5)]
    [InlineData(1, "quiet", "page", 4.5)]
    [InlineData(1, "link", "page", 4.5)]
    [InlineData(1, "up", "page", 4.5)]
    [InlineData(1, "warn", "page", 4.5)]
    [InlineData(1, "down", "page", 4.5)]
    [InlineData(1, "text", "band", 4.5)]
    [InlineData(1, "edge", "page", 3)]
    public void Colours_are_told_apart(int scheme, string front, string back, double least)
    {
        var colours = Regex.Matches(ConsoleStyle.Css, ":root\\{[^}]*\\}")[scheme].Value;
        Assert.InRange(Contrast(Luminance(colours, front), Luminance(colours, back)), least, 21);
    }

    private static double Contrast(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    private static double Luminance(string colours, string name)
    {
        string hex = Regex.Match(colours, $"--{name}:#([0-9a-f]{{6}})").Groups[1].Value;
        double[] parts = [.. Enumerable.Range(0, 3).Select(i => int.Parse(hex.AsSpan(2 * i, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0).Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4))];
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }
}
