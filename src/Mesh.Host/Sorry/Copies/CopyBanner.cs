using System.Globalization;

namespace Mesh.Host.Sorry.Copies;

/// <summary>What every page of a copy says at its top: that it is one, and of when.</summary>
public sealed record CopyBanner(string Host, DateTimeOffset TakenAt)
{
    /// <summary>Of the banner on a page in a language.</summary>
    /// <param name="page">As its <c>lang</c> says.</param>
    public static string Language(string page) => page.StartsWith("de", StringComparison.OrdinalIgnoreCase) ? "de" : "en";

    public string Text(string page)
    {
        string at = TakenAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return Language(page) == "de"
            ? $"Dies ist eine Kopie von {Host}, Stand {at} UTC. Die Website selbst ist zurzeit nicht erreichbar; Formulare und Anmeldungen gehen deshalb nicht."
            : $"This is a copy of {Host} as it was at {at} UTC. The site itself cannot be reached at the moment, so forms and logins do not work.";
    }
}
