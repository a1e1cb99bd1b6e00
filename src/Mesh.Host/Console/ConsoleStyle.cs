using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Console;

/// <summary>The console's style, and the policy that names it and the script by their hashes.</summary>
public static class ConsoleStyle
{
    /// <summary>Colours as variables, light and then dark; every text colour has a contrast of at least 4.5 to 1 with <c>--page</c> (WCAG 2.2, 1.4.3), lines of controls 3 to 1 (1.4.11).</summary>
    public const string Css = """
        :root{color-scheme:light dark;--page:#ffffff;--text:#1b1d20;--quiet:#565b62;--line:#c9cdd2;--edge:#767c84;--link:#0b57a8;--up:#0a6b2d;--warn:#7a4b00;--down:#a3141e;--band:#f1f3f5}
        @media (prefers-color-scheme:dark){:root{--page:#14171a;--text:#e9ebed;--quiet:#b0b6bd;--line:#454b52;--edge:#8d949c;--link:#8ec2ff;--up:#6fdc8c;--warn:#ffc65c;--down:#ff9a9a;--band:#1f2429}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:90rem;padding:1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        a{color:var(--link)}
        :focus-visible{outline:3px solid var(--link);outline-offset:2px}
        main:focus,#live:focus{outline:none}
        .skip{position:absolute;left:-99rem}.skip:focus{position:static}
        header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline;border-bottom:1px solid var(--line);padding-bottom:.5rem}
        header ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0;padding:0}
        nav a{display:inline-block;padding:.25rem 0}
        nav a[aria-current]{color:var(--text);font-weight:bold;text-decoration:none;border-bottom:3px solid var(--link)}
        h1{font-size:1.5rem;margin:1rem 0 .5rem}h2{font-size:1.2rem;margin:2rem 0 .5rem}
        .quiet{color:var(--quiet);font-size:.9rem}
        .up{color:var(--up)}.warn{color:var(--warn)}.down{color:var(--down)}
        .notice{border:2px solid var(--edge);border-left-width:.75rem;border-radius:.25rem;padding:.5rem 1rem;margin:1rem 0}
        .notice.bad{border-color:var(--down)}.notice.good{border-color:var(--up)}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;width:100%;margin:.5rem 0}
        caption{text-align:left;font-weight:bold;padding:.25rem 0}
        th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}
        th,td{overflow-wrap:break-word}thead th{white-space:nowrap}tbody th{font-weight:normal}
        .number{text-align:right;font-variant-numeric:tabular-nums}
        td ul{list-style:none;margin:0;padding:0}
        pre,code{font-family:ui-monospace,monospace;font-size:.9rem}
        form.plain{max-width:46rem}
        label,legend{font-weight:bold}
        .field{margin:.75rem 0}
        .field input:not([type=checkbox],[type=radio]),.field textarea,.field select{display:block;width:100%;font:inherit;padding:.4rem;color:var(--text);background:var(--page);border:1px solid var(--edge);border-radius:.25rem}
        fieldset{border:1px solid var(--edge);border-radius:.25rem;margin:.75rem 0}
        button{font:inherit;padding:.4rem 1rem;color:var(--text);background:var(--band);border:1px solid var(--edge);border-radius:.25rem;cursor:pointer;min-height:2rem}
        footer{margin-top:3rem;border-top:1px solid var(--line);padding-top:.5rem}
        @media (prefers-reduced-motion:no-preference){tr.fresh{animation:fresh 1s}@keyframes fresh{from{background:var(--band)}}}
        """;

    /// <summary>Of a page without an insert.</summary>
    public static readonly string ContentSecurityPolicy = Policy("", "");

    /// <param name="css">Of the page alone; empty for none.</param>
    /// <param name="script">The same.</param>
    public static string Policy(string css, string script) =>
        $"default-src 'none'; style-src {Hashes(Css, css)}; script-src {Hashes(ConsoleScript.Text, script)}; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private static string Hashes(params IEnumerable<string> texts) =>
        string.Join(' ', texts.Where(static t => t.Length > 0).Select(static t => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(t)))}'"));
}
