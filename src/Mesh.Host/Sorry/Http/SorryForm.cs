using Microsoft.Net.Http.Headers;

namespace Mesh.Host.Sorry.Http;

/// <summary>The forms a page comes in.</summary>
public enum SorryForm
{
    Html,

    /// <summary>A problem document (RFC 9457).</summary>
    Problem,
    Text,
}

/// <summary>What a client prefers (RFC 9110 section 12.5): the highest weight, and of equals our own order.</summary>
public static class Preferences
{
    /// <summary>Octets of a header that are read; a longer one is taken for none.</summary>
    public const int MaxOctets = 1_000;

    public static SorryForm Form(string accept, string path)
    {
        if (path.Equals("/robots.txt", StringComparison.OrdinalIgnoreCase)) return SorryForm.Text;
        if (accept.Length is 0 or > MaxOctets || !MediaTypeHeaderValue.TryParseList([accept], out var types)) return SorryForm.Html;
        var best = SorryForm.Html;
        double most = 0;
        foreach (var form in Enum.GetValues<SorryForm>())
        {
            double weight = types.Where(t => Names(form).Contains(t.MediaType.Value, StringComparer.OrdinalIgnoreCase)).Select(t => t.Quality ?? 1).DefaultIfEmpty(0).Max();
            if (form == SorryForm.Html && weight == 0) weight = types.Any(t => t.MatchesAllTypes && t.Quality != 0) ? 0.001 : 0;
            if (weight > most) (best, most) = (form, weight);
        }
        return best;
    }

    /// <summary>One of <see cref="SorryLanguage.All"/>; the first when none fits.</summary>
    public static SorryLanguage Language(string accept)
    {
        if (accept.Length is 0 or > MaxOctets || !StringWithQualityHeaderValue.TryParseList([accept], out var wanted)) return SorryLanguage.All[0];
        return SorryLanguage.All.Select(l => (Language: l, Weight: wanted.Where(w => Is(w.Value.Value!, l.Tag)).Select(w => w.Quality ?? 1).DefaultIfEmpty(0).Max()))
            .Where(l => l.Weight > 0).OrderByDescending(l => l.Weight).Select(l => l.Language).FirstOrDefault() ?? SorryLanguage.All[0];
    }

    private static bool Is(string wanted, string tag) => wanted.Equals(tag, StringComparison.OrdinalIgnoreCase) || wanted.StartsWith(tag + "-", StringComparison.OrdinalIgnoreCase);

    private static string[] Names(SorryForm form) => form switch
    {
        SorryForm.Problem => ["application/problem+json", "application/json", "application/*"],
        SorryForm.Text => ["text/plain"],
        _ => ["text/html", "application/xhtml+xml", "text/*"],
    };
}
