using Mesh.Host.Pages;

namespace Mesh.Host.Sorry.Customers.Web;

/// <summary>The pages around a host's: the login, the hosts, the account.</summary>
public static class CustomerPages
{
    public static Html Login(CustomerWords words) => Html.Of($"""
        <form method="post" action="/login">
        <label for="name">{words.Name}</label><input id="name" name="name" autocomplete="username" autocapitalize="none" spellcheck="false" required="" maxlength="40" />
        <label for="password">{words.Password}</label><input id="password" name="password" type="password" autocomplete="current-password" required="" maxlength="128" />
        <div><button>{words.LogIn}</button></div></form>
        """);

    public static Html Hosts(CustomerWords words, IReadOnlyList<(string Host, bool IsOn)> hosts, bool hasWildcard) => Html.Of($"""
        <table><thead><tr><th scope="col">{words.Host}</th><th scope="col">{words.Now}</th></tr></thead><tbody>
        {hosts.Select(h => Html.Of($"""<tr><th scope="row"><a href="/hosts/{h.Host}">{h.Host}</a></th><td>{(h.IsOn ? words.IsOn : words.IsOff)}</td></tr>"""))}
        </tbody></table>
        {(hasWildcard ? Html.Of($"""
            <form method="get" action="/host"><label for="host">{words.OtherHost}</label><input id="host" name="name" required="" maxlength="253" autocapitalize="none" spellcheck="false" /> <button>{words.Open}</button></form>
            """) : Html.Nothing)}
        """);

    /// <param name="token">The new one; empty: none was made now.</param>
    public static Html Account(CustomerWords words, string csrf, string token) => Html.Of($"""
        {(token.Length > 0 ? Html.Of($"""<p class="good" role="status">{words.YourToken} <code id="newtoken">{token}</code></p>""") : Html.Nothing)}
        <section aria-labelledby="change"><h2 id="change">{words.ChangePassword}</h2>
        <form method="post" action="/account/password">{CustomerFrame.Token(csrf)}
        <label for="old">{words.OldPassword}</label><input id="old" name="old" type="password" autocomplete="current-password" required="" maxlength="128" />
        <label for="new">{words.NewPassword}</label><input id="new" name="new" type="password" autocomplete="new-password" required="" minlength="12" maxlength="128" />
        <label for="again">{words.NewPasswordAgain}</label><input id="again" name="again" type="password" autocomplete="new-password" required="" minlength="12" maxlength="128" />
        <div><button>{words.ChangePassword}</button></div></form></section>
        <section aria-labelledby="token"><h2 id="token">{words.Token}</h2><p class="quiet">{words.TokenHint}</p>
        <form method="post" action="/account/token">{CustomerFrame.Token(csrf)}<button>{words.MakeToken}</button></form></section>
        """);
}
