using System.Security.Cryptography;
using System.Text;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>The style of customers' pages, in the page itself, named by its hash. There is no script.</summary>
public static class CustomerStyle
{
    /// <summary>Every text colour has a contrast of at least 4.5 to 1 with what is behind it, in light and dark (WCAG 2.2, 1.4.3).</summary>
    public const string Css = """
        :root{color-scheme:light dark;--page:#ffffff;--text:#1b1d20;--quiet:#565b62;--line:#6b7178;--link:#0b57a8;--good:#0a6b2d;--bad:#a3141e}
        @media (prefers-color-scheme:dark){:root{--page:#14171a;--text:#e9ebed;--quiet:#b0b6bd;--line:#8b929a;--link:#8ec2ff;--good:#6fdc8c;--bad:#ff9a9a}}
        *{box-sizing:border-box}
        body{margin:0 auto;max-width:52rem;padding:1rem;background:var(--page);color:var(--text);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
        a{color:var(--link)}
        a:focus-visible,button:focus-visible,input:focus-visible,select:focus-visible{outline:3px solid var(--link);outline-offset:2px}
        .skip{position:absolute;left:-99rem}.skip:focus{position:static}
        header,.row{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:end}header{justify-content:space-between}
        h1{font-size:1.5rem;margin:.5rem 0}h2{font-size:1.2rem;margin:2rem 0 .5rem}
        label{display:block;font-weight:600;margin-top:.75rem}
        input,select,button{font:inherit;padding:.4rem .6rem;border:1px solid var(--line);border-radius:.25rem;background:var(--page);color:var(--text);min-height:2.5rem;max-width:100%}
        button{cursor:pointer;font-weight:600;margin-top:.75rem}
        .quiet{color:var(--quiet);font-size:.9rem;margin:.25rem 0}
        .good,.bad{border:2px solid;border-left-width:.75rem;padding:.5rem 1rem;margin:1rem 0}.good{border-color:var(--good)}.bad{border-color:var(--bad)}
        table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line)}td button{margin:0}
        code{font-size:1rem}
        """;

    /// <summary>Forms lead to us only, nothing is framed, run or loaded.</summary>
    public static readonly string ContentSecurityPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
}
