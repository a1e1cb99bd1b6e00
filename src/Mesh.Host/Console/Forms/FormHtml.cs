using Mesh.Host.Pages;

namespace Mesh.Host.Console.Forms;

/// <summary>The parts of forms: every control has a label, and every hint is tied to its control.</summary>
public static class FormHtml
{
    /// <param name="key">Of <see cref="FormKeys"/>.</param>
    public static Html Form(string action, string key, Html content) => Html.Of($"""
        <form class="plain" method="post" action="{action}"><input type="hidden" name="{FormKeys.Field}" value="{key}" />
        {content}
        </form>
        """);

    public static Html Input(string name, string label, string value = "", string hint = "", string type = "text", bool required = false, int most = 400) => Html.Of($"""
        <div class="field"><label for="{name}">{label}</label>{Hint(name, hint)}
        <input id="{name}" name="{name}" type="{type}" value="{value}" maxlength="{most}" autocomplete="off"{Described(name, hint)}{(required ? Html.Trusted(" required=\"required\"") : Html.Nothing)} /></div>
        """);

    public static Html Area(string name, string label, string value = "", string hint = "", int most = 15_000) => Html.Of($"""
        <div class="field"><label for="{name}">{label}</label>{Hint(name, hint)}
        <textarea id="{name}" name="{name}" rows="6" maxlength="{most}"{Described(name, hint)}>
        {value}</textarea></div>
        """);

    /// <param name="choices">Value and text.</param>
    public static Html Select(string name, string label, IEnumerable<(string Value, string Text)> choices, string chosen = "") => Html.Of($"""
        <div class="field"><label for="{name}">{label}</label>
        <select id="{name}" name="{name}">{choices.Select(c => Html.Of($"""<option value="{c.Value}"{(c.Value == chosen ? Html.Trusted(" selected=\"selected\"") : Html.Nothing)}>{c.Text}</option>"""))}</select></div>
        """);

    public static Html Check(string name, string value, string label, bool isChecked) => Html.Of(
        $"""<label><input type="checkbox" name="{name}" value="{value}"{(isChecked ? Html.Trusted(" checked=\"checked\"") : Html.Nothing)} /> {label}</label> """);

    /// <param name="act">Sent with the form; empty for none.</param>
    public static Html Button(string text, string act = "") => Html.Of($"""<button type="submit"{(act.Length > 0 ? Html.Of($" name=\"act\" value=\"{act}\"") : Html.Nothing)}>{text}</button> """);

    private static Html Hint(string name, string hint) => hint.Length == 0 ? Html.Nothing : Html.Of($"""<br /><span class="quiet" id="{name}-hint">{hint}</span>""");

    private static Html Described(string name, string hint) => hint.Length == 0 ? Html.Nothing : Html.Of($" aria-describedby=\"{name}-hint\"");
}
