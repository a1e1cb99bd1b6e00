using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace Mesh.Host.Pages;

/// <summary>Writes an interpolated string as markup: what the program wrote as it is, what it was given escaped.</summary>
[InterpolatedStringHandler]
public readonly struct HtmlInterpolation
{
    private readonly StringBuilder text;

    public HtmlInterpolation(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + formattedCount * 24);

    public void AppendLiteral(string literal) => text.Append(literal);

    public void AppendFormatted(string? value) => text.Append(Html.Escape(value ?? ""));

    public void AppendFormatted(int value) => text.Append(value.ToString(CultureInfo.InvariantCulture));

    public void AppendFormatted(Html markup) => text.Append(markup.Markup);

    public void AppendFormatted(IEnumerable<Html> parts)
    {
        foreach (var part in parts) text.Append(part.Markup);
    }

    internal string Take() => text.ToString();
}
