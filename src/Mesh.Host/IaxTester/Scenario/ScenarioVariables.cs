using System.Text;
using System.Text.RegularExpressions;
using Mesh.Iax2.Peers;

namespace Mesh.Host.IaxTester.Scenario;

/// <summary>
/// The variables of a run. <c>${name}</c> stands for a value; <c>${md5(name)}</c> for the MD5_RESULT that answers the challenge kept in it with <c>secret</c>,
/// <c>${md5(name, other)}</c> with another text as secret; <c>${hex(name)}</c> for its octets in hexadecimal.
/// </summary>
public sealed partial class ScenarioVariables
{
    private readonly Dictionary<string, string> values = new(StringComparer.Ordinal);

    public string this[string name]
    {
        set => values[name] = value;
    }

    public string? Find(string name) => values.GetValueOrDefault(name);

    /// <summary>The text with its variables replaced; null, and the first name nobody gave a value, when one is missing.</summary>
    public string? Fill(string text, out string? missing)
    {
        string? unknown = null;
        string filled = Variable().Replace(text, match =>
        {
            string function = match.Groups["f"].Value, name = match.Groups["n"].Value;
            if (!values.TryGetValue(name, out string? value)) { unknown ??= name; return ""; }
            return function switch
            {
                "md5" => Authentication.Md5Result(Encoding.UTF8.GetBytes(value), match.Groups["a"].Success ? match.Groups["a"].Value.Trim() : values.GetValueOrDefault("secret", "")),
                "hex" => Convert.ToHexStringLower(Encoding.UTF8.GetBytes(value)),
                _ => value,
            };
        });
        missing = unknown;
        return unknown is null ? filled : null;
    }

    /// <summary>The names a text needs.</summary>
    public static IEnumerable<string> NamesIn(string text) => Variable().Matches(text).Select(m => m.Groups["n"].Value);

    [GeneratedRegex(@"\$\{(?:(?<f>md5|hex)\(\s*(?<n>[A-Za-z_][\w-]*)\s*(?:,(?<a>[^)]*))?\)|(?<n>[A-Za-z_][\w-]*))\}")]
    private static partial Regex Variable();
}
