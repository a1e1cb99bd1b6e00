namespace Mesh.Host.Demo;

/// <summary>What one site says to another over IAX2, read from a line of a trace such as <c>IAX2/office/200 127.0.0.3:4569 rings</c>.</summary>
public readonly record struct IaxArrow(string From, string To, string Message)
{
    private const string Ended = "ended: ", Told = "is told: ";

    public static IaxArrow? Of(string site, string line)
    {
        string[] words = line.Split(' ', 3);
        if (words.Length < 3 || words[0].Split('/') is not ["IAX2", var peer, var number]) return null;
        string what = words[2];
        return what switch
        {
            "dialled" => new(site, peer, $"IAX2 NEW {number}"),
            "rings" => new(peer, site, "RINGING"),
            "answered" => new(peer, site, "ANSWER"),
            "had nothing left to ring" => new(peer, site, "HANGUP: nothing to ring here"),
            _ when what.StartsWith(Told, StringComparison.Ordinal) => new(site, peer, $"HANGUP: {Spaced(what[Told.Length..])}"),
            _ when what.StartsWith(Ended, StringComparison.Ordinal) => new(peer, site, $"HANGUP: {Spaced(what[Ended.Length..])}"),
            _ => null,
        };
    }

    private static string Spaced(string cause) => cause == "AnsweredElsewhere" ? "answered elsewhere (cause 26)" : cause;
}
