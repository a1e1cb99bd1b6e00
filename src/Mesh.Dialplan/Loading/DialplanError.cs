namespace Mesh.Dialplan.Loading;

/// <summary>Why a plan is refused (or, as a warning, what looks odd in it). Line and column count from 1; line 0 is the file as a whole.</summary>
/// <param name="Hint">What to write instead; may be empty.</param>
public sealed record DialplanError(string File, int Line, int Column, string Message, string Hint = "")
{
    /// <summary><c>dialplan/main.csx:12:9: There is no phone 'recption'. Did you mean reception?</c></summary>
    public override string ToString()
    {
        string place = Line == 0 ? File : $"{File}:{Line}:{Column}";
        return Hint.Length == 0 ? $"{place}: {Message}" : $"{place}: {Message.TrimEnd('.')}. {Hint}";
    }
}
