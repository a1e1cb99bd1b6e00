namespace Mesh.Host.Sorry.Http;

/// <summary>The words of a page in one language.</summary>
/// <param name="Tag">As in Accept-Language.</param>
/// <param name="Sentence">Follows the name of a host, or <paramref name="Nameless"/>.</param>
public sealed record SorryLanguage(string Tag, string Title, string Sentence, string Nameless, string Until, string Again)
{
    public static readonly IReadOnlyList<SorryLanguage> All =
    [
        new("en", "Out of service", "cannot be reached at the moment. We are sorry.", "This host", "It is expected back by", "Please try again later."),
        new("de", "Außer Betrieb", "ist zurzeit nicht erreichbar. Wir bitten um Entschuldigung.", "Dieser Rechner", "Voraussichtlich wieder da:", "Bitte versuchen Sie es später noch einmal."),
    ];
}
