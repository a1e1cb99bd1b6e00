using Mesh.Host.Pages;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>What every page of customers has: title, landmarks, style, and what was said last.</summary>
public static class CustomerFrame
{
    /// <param name="account">Null: nobody is logged in.</param>
    public static string Write(CustomerWords words, string title, CustomerSaid said, string? account, string csrf, Html content) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="{words.Tag}">
        <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title} – {words.Title}</title>
        <style>{Html.Trusted(CustomerStyle.Css)}</style>
        </head>
        <body>
        <a class="skip" href="#content">{words.SkipToContent}</a>
        <header>
        <p><a href="/">{words.Title}</a></p>
        {(account is null ? Html.Nothing : Top(words, account, csrf))}
        </header>
        <main id="content" tabindex="-1">
        <h1>{title}</h1>
        {(said.Bad.Length > 0 ? Html.Of($"""<p class="bad" role="alert">{said.Bad}</p>""") : Html.Nothing)}
        {said.Good.Select(good => Html.Of($"""<p class="good" role="status">{good}</p>"""))}
        {content}
        </main>
        </body>
        </html>

        """).Markup;

    public static Html Token(string csrf) => Html.Of($"""<input type="hidden" name="csrf" value="{csrf}" />""");

    private static Html Top(CustomerWords words, string account, string csrf) => Html.Of($"""
        <div class="row"><span>{words.LoggedInAs} <a href="/account">{account}</a></span><form method="post" action="/logout">{Token(csrf)}<button>{words.LogOut}</button></form></div>
        """);
}

/// <summary>What came of the last thing a customer did.</summary>
/// <param name="Bad">Why not; empty when nothing went wrong.</param>
public sealed record CustomerSaid(string Bad, params IReadOnlyList<string> Good)
{
    public static readonly CustomerSaid Nothing = new("");
}
