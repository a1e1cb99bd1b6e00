using Mesh.Host.Pages;
using Mesh.Host.Status.Pages;

namespace Mesh.Host.Status.Subscriptions;

/// <summary>The form and the pages of subscriptions, as markup. They need no script.</summary>
public static class SubscriptionForm
{
    public const string Address = "address", Trap = "website";

    /// <summary>On the overview, which loads itself again every minute and so can hold no form that somebody fills in.</summary>
    /// <param name="address">Of the form; absolute, so that an exported page leads to it too.</param>
    public static Html Invitation(SubscriptionWords words, Uri address) => Html.Of($"""
        <section aria-labelledby="subscribe">
        <h2 id="subscribe">{words.Heading}</h2>
        <p><a href="{address.AbsoluteUri}">{words.Button}</a></p>
        </section>
        """);

    /// <param name="action">Where it is sent.</param>
    /// <param name="fault">What was wrong with what was written; empty at first.</param>
    /// <param name="written">The address as it was written.</param>
    public static Html Write(SubscriptionWords words, string action, string fault = "", string written = "") => Html.Of($"""
        <form method="post" action="{action}">
        {(fault.Length == 0 ? Html.Nothing : Html.Of($"""<p class="stale" role="alert" id="fault">{fault}</p>"""))}
        <p><label for="address">{words.Label}</label> <input id="address" name="{Address}" type="email" autocomplete="email" required="required" maxlength="254" value="{written}" aria-describedby="hint" /> <button>{words.Button}</button></p>
        <p hidden="hidden"><label for="{Trap}">{words.Trap}</label> <input id="{Trap}" name="{Trap}" tabindex="-1" autocomplete="off" /></p>
        <p class="quiet" id="hint">{words.Hint}</p>
        </form>
        """);

    /// <summary>A question with one button, that is sent to the page's own address: a program that only looks at links answers nothing.</summary>
    public static Html Question(string question, string button) => Html.Of($"""
        <p>{question}</p>
        <form method="post"><p><button>{button}</button></p></form>
        """);

    public static Html Text(string text) => Html.Of($"<p>{text}</p>");
}
