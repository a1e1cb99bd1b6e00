using System.Globalization;
using Mesh.Host.Admin.Neighbours;
using Mesh.Host.Pages;

namespace Mesh.Host.Console;

/// <summary>Sentences and small parts that several pages have.</summary>
public static class ConsoleWords
{
    /// <summary>Something went wrong; read out at once.</summary>
    public static Html Bad(string text) => Html.Of($"""<p class="notice bad" role="alert">{text}</p>""");

    public static Html Good(string text) => Html.Of($"""<p class="notice good" role="status">{text}</p>""");

    /// <summary>Which sites do not answer; always there, so that it is read out when it changes.</summary>
    public static Html Faults<T>(IReadOnlyList<SiteAnswer<T>> answers)
        where T : class
    {
        var silent = answers.Where(static a => a.Fault != PairFault.None).ToArray();
        return Html.Of($"""<p id="faults" role="status" class="{(silent.Length > 0 ? "down" : "quiet")}">{(silent.Length == 0 ? $"All {answers.Count} sites answer." : string.Join(" ", silent.Select(static a => $"{a.Site}: {Word(a.Fault)}.")))}</p>""");
    }

    public static string Word(PairFault fault) => fault switch
    {
        PairFault.NotReachable => "not reachable",
        PairFault.NoAnswer => "does not answer in time",
        PairFault.Refused => "refuses to answer",
        PairFault.Forged => "the answer is not made with our mesh key",
        PairFault.TooLarge => "the answer is too large",
        PairFault.Malformed => "the answer is not understood; is it another version?",
        PairFault.NoKey => "cannot be asked without a mesh_key",
        _ => "answers",
    };

    public static string Count(int number, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{number} {(number == 1 ? one : many)}");

    public static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
