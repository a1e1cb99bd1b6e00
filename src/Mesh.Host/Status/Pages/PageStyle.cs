using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Status.Pages;

/// <summary>The page's style and its few lines of script, in the page itself; the content security policy names them by their hashes, so it lets in nothing else.</summary>
public static class PageStyle
{
    /// <summary>Colours as variables, light and then dark; every text colour has a contrast of at least 4.5 to 1 with <c>--page</c> (WCAG 2.2, 1.4.3).</summary>
    public const string Css = """
        :root{color-scheme:light dark;--page:#ffffff;--text:#1b1d20;--quiet:#565b62;--line:#c9cdd2;--link:#0b57a8;--up:#0a6b2d;--degraded:#7a4b00;--down:#a3141e}
        @media (prefers-color-scheme:dark){:root{--page:#14171a;--text:#e9ebed;--quiet:#b0b6bd;--line:#454b52;--link:#8ec2ff;--up:#6fdc8c;--degraded:#ffc65c;--down:#ff9a9a}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:46rem;padding:1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        a{color:var(--link)}
        input,button{font:inherit;color:inherit;background:var(--page);border:1px solid var(--quiet);border-radius:.25rem;padding:.35rem .75rem;max-width:100%}
        button{cursor:pointer;font-weight:bold}
        a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{position:static}
        header{display:flex;flex-wrap:wrap;gap:0 1rem;justify-content:space-between;align-items:baseline}
        header ul,.plain{list-style:none;margin:0;padding:0}
        header li{display:inline-block;margin-left:.75rem}
        h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1rem 0 .25rem}
        .verdict{font-size:1.25rem;font-weight:bold;border:2px solid var(--line);border-left-width:.75rem;border-radius:.25rem;padding:.75rem 1rem;margin:1rem 0 .25rem}
        .allworks{border-color:var(--up)}.minor,.maintenance{border-color:var(--degraded)}.major,.critical{border-color:var(--down)}
        .quiet{color:var(--quiet);font-size:.9rem}
        .stale{color:var(--down);font-weight:bold}
        .old{color:var(--down);font-weight:bold;visibility:hidden;position:absolute;animation:old 0s linear 300s forwards}
        @keyframes old{to{visibility:visible;position:static}}
        .service{padding:.75rem 0;border-bottom:1px solid var(--line)}
        .service p{margin:0;display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 1rem}
        .up{color:var(--up)}.degraded{color:var(--degraded)}.down{color:var(--down)}.unknown{color:var(--quiet)}
        svg.bars{display:block;width:100%;height:2rem;margin:.25rem 0}
        .bars rect{fill:currentColor}
        .incident{border-left:.25rem solid var(--line);padding-left:1rem;margin:1rem 0}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .5rem .25rem 0;border-bottom:1px solid var(--line)}
        footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.5rem}
        """;

    /// <summary>Adds the reader's own time to each time of day, written as where they are. Without it the page lacks nothing else.</summary>
    public const string Script = """
        {const page=document.documentElement.lang,own=navigator.languages.find(l=>l.split('-')[0]===page)||page;
        for(const t of document.querySelectorAll('time.at')){const d=new Date(t.dateTime);if(!isNaN(d))t.append(' ('+d.toLocaleString(own,{dateStyle:'medium',timeStyle:'short'})+')')}}
        """;

    private static readonly string Policy = $"default-src 'none'; style-src '{Hash(Css)}'; script-src '{Hash(Script)}'; img-src 'self'; base-uri 'none'; form-action ";

    /// <param name="forms">Where the page's form is sent; null: it has none.</param>
    public static string ContentSecurityPolicy(Uri? forms) => PolicyOfExport(forms) + "; frame-ancestors 'none'";

    /// <summary>In an exported page, where no header goes along; frame-ancestors has no meaning there.</summary>
    public static string PolicyOfExport(Uri? forms) => Policy + (forms is null ? "'none'" : $"'self' {forms.GetLeftPart(UriPartial.Authority)}");

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
