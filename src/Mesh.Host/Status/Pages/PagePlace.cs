using Mesh.Host.Status.Words;

namespace Mesh.Host.Status.Pages;

/// <summary>Where a page is, so that its links are relative: the same page works under any address, and exported to a folder.</summary>
/// <param name="Resource">Without the language: empty for the overview, else with a slash at its end: <c>incidents/7/</c>.</param>
/// <param name="IsExplicit">The language is in the path.</param>
public sealed record PagePlace(string Resource, StatusWords Words, bool IsExplicit)
{
    /// <summary>It answers at any depth, so its links start at the top of the listener.</summary>
    public bool IsAnywhere { get; init; }

    /// <summary>From here to the top, <c>./</c> or <c>../../</c>.</summary>
    public string Root
    {
        get
        {
            if (IsAnywhere) return "/";
            int depth = Resource.Count(c => c == '/') + (IsExplicit ? 1 : 0);
            return depth == 0 ? "./" : string.Concat(Enumerable.Repeat("../", depth));
        }
    }

    /// <summary>To another page in the same language.</summary>
    public string To(string resource) => Root + (IsExplicit ? Words.Language + "/" : "") + resource;

    /// <summary>To this page in another language.</summary>
    public string In(StatusWords other) => $"{Root}{other.Language}/{Resource}";

    public static string Incident(string id) => $"incidents/{Uri.EscapeDataString(id)}/";

    public static string Service(string id) => $"services/{Uri.EscapeDataString(id)}/";

    public static string Month(DateTimeOffset at) => $"history/{at.UtcDateTime.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture)}/";
}
