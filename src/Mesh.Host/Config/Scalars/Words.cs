using System.Text.RegularExpressions;

namespace Mesh.Host.Config.Scalars;

/// <summary>Plain words: names, choices, switches and free text.</summary>
public static partial class Words
{
    /// <summary>A name of a site, phone, peer or trunk; also a SIP user and an IAX2 username, so no octet of it needs escaping.</summary>
    public static readonly Scalar<string> Name = new("a name", "mbloch-desk", "^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$",
        static (string text, out string value, out string why) =>
        {
            why = "letters, digits, '-', '_' and '.', at most 63, beginning with a letter or digit";
            value = text;
            return NamePattern().IsMatch(text);
        });

    /// <summary>A site's short name in the path of a hop header: one or two of a-z and 0-9.</summary>
    public static readonly Scalar<string> SiteId = new("a site id", "lo", "^[a-z0-9]{1,2}$",
        static (string text, out string value, out string why) =>
        {
            why = "one or two of a-z and 0-9";
            value = text;
            return SiteIdPattern().IsMatch(text);
        });

    /// <summary>Any text that is not empty.</summary>
    public static readonly Scalar<string> Text = new("text", "Matthew Bloch", "",
        static (string text, out string value, out string why) =>
        {
            why = "it is empty";
            value = text;
            return text.Trim().Length > 0;
        });

    /// <summary>A path, relative to the bundle unless absolute.</summary>
    public static readonly Scalar<string> FilePath = new("a path", "secrets/mesh.key", "",
        static (string text, out string value, out string why) =>
        {
            why = "it is empty or has a NUL";
            value = text;
            return text.Length > 0 && !text.Contains('\0');
        });

    public static readonly Scalar<string> EnvironmentName = new("a variable's name", "MESH_KEY", "^[A-Za-z_][A-Za-z0-9_]*$",
        static (string text, out string value, out string why) =>
        {
            why = "letters, digits and '_'";
            value = text;
            return EnvironmentPattern().IsMatch(text);
        });

    public static readonly Scalar<string> Email = new("a mail address", "mbloch@example.org", "^[^@\\s]+@[^@\\s]+$",
        static (string text, out string value, out string why) =>
        {
            why = "";
            value = text;
            return EmailPattern().IsMatch(text);
        });

    /// <summary><c>on</c>, <c>yes</c>, <c>true</c>; <c>off</c>, <c>no</c>, <c>false</c>.</summary>
    public static readonly Scalar<bool> Switch = new("on or off", "on", "^(on|off|yes|no|true|false)$",
        static (string text, out bool value, out string why) =>
        {
            why = "";
            value = text is "on" or "yes" or "true";
            return value || text is "off" or "no" or "false";
        }) { Choices = ["on", "off", "yes", "no", "true", "false"] };

    /// <summary>One word of <paramref name="choices"/>.</summary>
    public static Scalar<string> OneOf(params string[] choices) => new("one of " + string.Join(", ", choices), choices[0], $"^({string.Join('|', choices)})$",
        (string text, out string value, out string why) =>
        {
            why = "";
            value = text;
            return choices.Contains(text, StringComparer.Ordinal);
        }) { Choices = choices };

    [GeneratedRegex("^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^[a-z0-9]{1,2}$")]
    private static partial Regex SiteIdPattern();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    private static partial Regex EnvironmentPattern();

    [GeneratedRegex(@"^[^@\s]+@[^@\s]+$")]
    private static partial Regex EmailPattern();
}
