namespace Mesh.Dialplan.Language;

/// <summary>Something a plan says that makes no sense, in a sentence for the person who wrote it.</summary>
/// <param name="Message">What is wrong.</param>
/// <param name="Hint">What to write instead; may be empty.</param>
public sealed record DialplanProblem(string Message, string Hint = "")
{
    public override string ToString() => Hint.Length == 0 ? Message : $"{Message}. {Hint}";
}
