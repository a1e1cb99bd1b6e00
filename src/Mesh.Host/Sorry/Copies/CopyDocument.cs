using System.Text;
using AngleSharp;
using AngleSharp.Dom;

namespace Mesh.Host.Sorry.Copies;

/// <summary>A page of a site, read as a browser reads it (AngleSharp): what it refers to, and what of it is kept in a copy. Nothing of it is ever run or loaded.</summary>
public sealed class CopyDocument
{
    /// <summary>References of one page that are looked at.</summary>
    public const int MaxReferences = 2_000;

    private static readonly string[] Left = ["script", "iframe", "frame", "frameset", "object", "embed", "applet", "portal", "video", "audio", "template", "base", "dialog"];
    private static readonly string[] Controls = ["input", "button", "select", "textarea"];
    private static readonly string[] AssetRelations = ["stylesheet", "icon", "apple-touch-icon", "mask-icon"];
    private static readonly string[] AttributesLeft = ["integrity", "nonce", "crossorigin", "ping", "srcdoc", "formaction", "action", "formmethod", "manifest", "http-equiv", "background", "longdesc", "cite", "profile", "codebase", "usemap"];

    private readonly IDocument document;
    private readonly Uri address, basis;

    private CopyDocument(Uri address, IDocument document)
    {
        (this.address, this.document) = (address, document);
        basis = document.QuerySelector("base[href]")?.GetAttribute("href") is { } given && CopyAddress.Of(address, given) is { } other ? other : address;
        Robots = string.Join(',', document.QuerySelectorAll("meta[name]")
            .Where(static m => m.GetAttribute("name")!.Equals("robots", StringComparison.OrdinalIgnoreCase) || m.GetAttribute("name")!.Equals(RobotsRules.ProductToken, StringComparison.OrdinalIgnoreCase))
            .Select(static m => m.GetAttribute("content") ?? ""));
    }

    /// <summary>Null when the page is more than is read (<see cref="BoundedHtml"/>).</summary>
    /// <param name="address">Where it came from: what it refers to is relative to that, unless it says otherwise.</param>
    public static CopyDocument? Read(Uri address, string html) => BoundedHtml.Parse(html) is { } document ? new CopyDocument(address, document) : null;

    /// <summary>What it asks of robots, together.</summary>
    public string Robots { get; }

    /// <summary>The pages it leads to; of any site.</summary>
    public IEnumerable<(Uri Address, bool NoFollow)> Links => document.QuerySelectorAll("a[href], area[href]").Take(MaxReferences)
        .Select(a => (Address: CopyAddress.Of(basis, a.GetAttribute("href")!), NoFollow: HasWord(a, "rel", "nofollow"))).Where(static l => l.Address is not null).Select(static l => (l.Address!, l.NoFollow));

    /// <summary>What is needed to show it; of any site.</summary>
    public IReadOnlyList<Uri> Assets
    {
        get
        {
            var found = new List<Uri>();
            RewriteAssets(document, reference =>
            {
                if (found.Count < MaxReferences && CopyAddress.Of(basis, reference) is { } uri) found.Add(uri);
                return reference;
            });
            return found;
        }
    }

    /// <summary>The page as it is kept. To be called once: it changes what was read.</summary>
    /// <param name="place">How the page refers to an asset, or a page, of the copy; null when the asset is not in it.</param>
    public byte[] Write(Func<Uri, bool, string?> place, CopyBanner banner)
    {
        foreach (var element in document.QuerySelectorAll("noscript").ToList()) element.Replace([.. element.ChildNodes]);
        RewriteAssets(document, reference => Keeps(reference) ? reference : CopyAddress.Of(basis, reference) is { } uri ? place(uri, true) : null);
        foreach (var element in document.QuerySelectorAll(string.Join(',', Left)).ToList()) element.Remove();
        foreach (var element in document.QuerySelectorAll("meta").Where(static m => m.HasAttribute("http-equiv") || m.HasAttribute("charset") || Is(m, "name", "robots")).ToList()) element.Remove();
        foreach (var link in document.QuerySelectorAll("link").Where(static l => !IsAsset(l) || !l.HasAttribute("href")).ToList()) link.Remove();
        foreach (var comment in document.Descendants<IComment>().ToList()) comment.Remove();
        foreach (var link in document.QuerySelectorAll("a[href], area[href]")) RewriteLink(link, place);
        foreach (var control in document.QuerySelectorAll(string.Join(',', Controls))) control.SetAttribute("disabled", "");
        foreach (var element in document.All.ToList()) Disarm(element);
        Mark(banner);
        return Encoding.UTF8.GetBytes("<!doctype html>\n" + document.DocumentElement.ToHtml() + "\n");
    }

    private void Mark(CopyBanner banner)
    {
        string language = document.DocumentElement.GetAttribute("lang") ?? "";
        var robots = document.CreateElement("meta");
        robots.SetAttribute("name", "robots");
        robots.SetAttribute("content", "noindex, noarchive");
        var charset = document.CreateElement("meta");
        charset.SetAttribute("charset", "utf-8");
        document.Head?.Prepend(charset, robots);
        var note = document.CreateElement("div");
        note.SetAttribute("role", "note");
        note.SetAttribute("lang", CopyBanner.Language(language));
        note.SetAttribute("style", "all:initial;display:block;position:relative;z-index:2147483647;padding:.6em 1em;background:#fff3cd;color:#1b1b1f;border-bottom:2px solid #b58100;font:16px/1.4 system-ui,sans-serif");
        note.TextContent = banner.Text(language);
        document.Body?.Prepend(note);
    }

    private void RewriteLink(IElement link, Func<Uri, bool, string?> place)
    {
        string href = link.GetAttribute("href")!.Trim();
        if (href.StartsWith('#') && basis == address) return;
        if (href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) || href.StartsWith("tel:", StringComparison.OrdinalIgnoreCase)) return;
        link.RemoveAttribute("target");
        if (CopyAddress.Of(basis, href) is not { } uri)
        {
            link.RemoveAttribute("href");
            return;
        }
        int hash = href.IndexOf('#', StringComparison.Ordinal);
        link.SetAttribute("href", (place(uri, false) ?? uri.AbsoluteUri) + (hash < 0 ? "" : href[hash..]));
        if (!CopyAddress.IsSameSite(uri, address)) link.SetAttribute("rel", "nofollow noopener noreferrer");
    }

    // Every place an asset is named; what comes back as null is taken out.
    private static void RewriteAssets(IDocument document, Func<string, string?> replace)
    {
        foreach (var image in document.QuerySelectorAll("img, source, input[type=image]"))
        {
            // Pages that load images as one scrolls do so by script, which a copy has not.
            foreach (string name in (string[])["src", "srcset"])
                if (image.GetAttribute("data-" + name) is { Length: > 0 } late && (image.GetAttribute(name) is not { Length: > 0 } now || now.StartsWith("data:", StringComparison.OrdinalIgnoreCase))) image.SetAttribute(name, late);
            Set(image, "src", image.GetAttribute("src") is { } src ? replace(src) : null);
            Set(image, "srcset", image.GetAttribute("srcset") is { } set && SourceSet.Write(SourceSet.Read(set).Select(c => (Address: replace(c.Address), c.Descriptor)).Where(static c => c.Address is not null)
                .Select(static c => (c.Address!, c.Descriptor))) is { Length: > 0 } written ? written : null);
            image.RemoveAttribute("loading");
        }
        foreach (var link in document.QuerySelectorAll("link[href]").Where(IsAsset)) Set(link, "href", replace(link.GetAttribute("href")!));
        foreach (var image in document.QuerySelectorAll("svg image"))
            foreach (string name in (string[])["href", "xlink:href"])
                if (image.GetAttribute(name) is { } reference) Set(image, name, replace(reference));
        foreach (var style in document.QuerySelectorAll("style")) style.TextContent = CssReferences.Rewrite(style.TextContent, replace);
        foreach (var styled in document.QuerySelectorAll("[style]")) styled.SetAttribute("style", CssReferences.Rewrite(styled.GetAttribute("style")!, replace));
    }

    private static void Disarm(IElement element)
    {
        foreach (var attribute in element.Attributes.ToList())
            if (attribute.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || AttributesLeft.Contains(attribute.Name, StringComparer.OrdinalIgnoreCase) || IsCode(attribute.Value)) element.RemoveAttribute(attribute.Name);
    }

    // As browsers read a scheme: blanks and control characters in it count for nothing.
    private static bool IsCode(string value)
    {
        string squeezed = string.Concat(value.Where(static c => c > ' ').Take(12));
        return squeezed.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase) || squeezed.StartsWith("vbscript:", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAsset(IElement link) => AssetRelations.Any(r => HasWord(link, "rel", r)) && !HasWord(link, "rel", "alternate");

    private static bool Keeps(string reference) => reference.TrimStart().StartsWith("data:image/", StringComparison.OrdinalIgnoreCase) || reference.StartsWith('#');

    private static bool HasWord(IElement element, string attribute, string word) =>
        element.GetAttribute(attribute)?.Split((char[])[' ', '\t', '\n', '\r', '\f']).Contains(word, StringComparer.OrdinalIgnoreCase) == true;

    private static bool Is(IElement element, string attribute, string value) => value.Equals(element.GetAttribute(attribute), StringComparison.OrdinalIgnoreCase);

    private static void Set(IElement element, string name, string? value)
    {
        if (value is null) element.RemoveAttribute(name);
        else element.SetAttribute(name, value);
    }
}
