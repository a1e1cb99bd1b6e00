namespace Mesh.Dialplan.Language;

/// <summary>Thrown by a word of the language that was given something it cannot take (hours that do not exist, say); reported with its line when it happens while the plan is loaded.</summary>
public sealed class DialplanException(DialplanProblem problem) : ArgumentException(problem.ToString())
{
    public DialplanException(string message, string hint = "") : this(new DialplanProblem(message, hint)) { }

    public DialplanProblem Problem { get; } = problem;
}
