using System.Globalization;

namespace Mesh.Dialplan.Language;

/// <summary>
/// A ring in Asterisk's spelling, as it is pasted from <c>extensions.conf</c>: <c>SIP/reception&amp;IAX2/office/100</c>, or whole:
/// <c>Dial(SIP/reception&amp;IAX2/office/100,25)</c>. Technologies are SIP (PJSIP is the same), IAX2, TRUNK and PERSON in any case.
/// </summary>
public sealed class DialString
{
    private readonly List<Endpoint> endpoints = [];
    private readonly List<DialplanProblem> problems = [];

    private DialString() { }

    /// <summary>What could be understood.</summary>
    public IReadOnlyList<Endpoint> Endpoints => endpoints;

    /// <summary>The timeout written in the string, if any.</summary>
    public TimeSpan? RingFor { get; private set; }

    /// <summary>What could not, each with what to write instead.</summary>
    public IReadOnlyList<DialplanProblem> Problems => problems;

    /// <summary>Never throws: what makes no sense is in <see cref="Problems"/>.</summary>
    public static DialString Parse(string text)
    {
        var dial = new DialString();
        if (text.Contains("${", StringComparison.Ordinal))
        {
            dial.Refuse($"'{text}' uses a variable of Asterisk's", "Let C# put the value in: $\"SIP/{call.Number}\"");
            return dial;
        }
        if (text.Contains("=>", StringComparison.Ordinal))
        {
            dial.Refuse($"'{text}' is a line of extensions.conf", "Keep the part inside Dial(...), and give the number to Extension(\"...\", handler)");
            return dial;
        }
        dial.Read(Unwrapped(text.Trim()));
        return dial;
    }

    private static string Unwrapped(string text) =>
        text.StartsWith("Dial(", StringComparison.OrdinalIgnoreCase) && text.EndsWith(')') ? text[5..^1] : text;

    private void Read(string text)
    {
        // Asterisk 1.4 separated arguments by '|', later ones by ','.
        string[] arguments = text.Split([',', '|']);
        foreach (string part in arguments[0].Split('&'))
        {
            var (endpoint, problem) = DialTechnology.Read(part.Trim());
            if (endpoint is not null) endpoints.Add(endpoint);
            if (problem is not null) problems.Add(problem);
        }
        if (arguments.Length > 1) ReadTimeout(arguments[1].Trim());
        if (arguments.Length > 2)
        {
            // Options take arguments in brackets, which may hold commas of their own.
            string rest = string.Join(',', arguments[2..]);
            problems.AddRange(DialLetters.Refuse(rest.Trim()));
        }
    }

    private void ReadTimeout(string text)
    {
        if (text.Length == 0) return;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and <= 86_400)
            RingFor = TimeSpan.FromSeconds(seconds);
        else
            Refuse($"'{text}' is not a number of seconds to ring for", "Write Dial(SIP/reception,25), or give ringFor: 25.Seconds");
    }

    private void Refuse(string message, string hint) => problems.Add(new(message, hint));
}
