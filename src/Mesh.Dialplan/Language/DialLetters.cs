namespace Mesh.Dialplan.Language;

/// <summary>The option letters of Asterisk's Dial: none is taken, each is refused with what to write in its place.</summary>
internal static class DialLetters
{
    /// <summary>One problem a letter of <paramref name="options"/>; arguments in brackets are passed over.</summary>
    public static IEnumerable<DialplanProblem> Refuse(string options)
    {
        int depth = 0;
        foreach (char c in options)
        {
            if (c == '(') depth++;
            else if (c == ')') depth--;
            else if (depth == 0 && char.IsAsciiLetter(c)) yield return new($"Dial's option '{c}' is not known here", Instead(c));
            else if (depth == 0 && c == ',') yield break;
        }
    }

    private static string Instead(char letter) => letter switch
    {
        't' or 'T' => "Leave it out: a phone transfers with its own button",
        'k' or 'K' => "Leave it out: parking is a number of its own",
        'r' => "Leave it out: the caller always hears ringing while something rings",
        'R' => "Leave it out: the caller hears what the far end plays, else ringing",
        'm' => "Leave it out: the caller hears ringing",
        'g' => "Leave it out: the handler always goes on in the next line when the conversation is over",
        'h' or 'H' => "Leave it out: either side hangs up to end the call",
        'c' => "Leave it out: phones that did not answer are told when another one did",
        'A' => "Leave it out: before the call is put through, write await call.Play(\"sound\")",
        'L' or 'S' => "Leave it out: a conversation lasts until somebody hangs up",
        'o' or 'f' => "Leave it out: the called person is shown the caller",
        'i' or 'I' => "Leave it out: a forwarded call is counted and bounded by itself",
        'e' or 'F' or 'G' => "Write what should happen next in the lines after await call.Dial(...)",
        'M' or 'U' or 'b' or 'B' => "Write what should happen in C#, before or after await call.Dial(...)",
        'd' or 'D' => "Leave it out: keys are for call.Menu(\"sound\", keys: \"123\")",
        'p' or 'P' or 'n' or 'N' => "Write a call.Menu(...) before the call is put through",
        'w' or 'W' or 'x' or 'X' => "Leave it out: the dialplan does not record calls",
        _ => "Leave it out, and write what it did in C#",
    };
}
