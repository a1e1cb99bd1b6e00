namespace Mesh.Host.Admin.Neighbours;

/// <summary>What any site of the mesh may ask this one: read only. Filled before the listener starts.</summary>
public sealed class SiteQuestions
{
    private readonly Dictionary<string, Func<string, CancellationToken, Task<object>>> answers = new(StringComparer.Ordinal);

    /// <param name="answer">Given what follows the slash after the name, empty without one; may throw <see cref="SiteBusyException"/>.</param>
    public SiteQuestions Add<T>(string name, Func<string, CancellationToken, Task<T>> answer)
        where T : class
    {
        answers.Add(name, async (argument, cancelled) => await answer(argument, cancelled));
        return this;
    }

    /// <summary>Null when there is no such question.</summary>
    public Task<object>? Answer(string question, CancellationToken cancelled)
    {
        int slash = question.IndexOf('/', StringComparison.Ordinal);
        var (name, argument) = slash < 0 ? (question, "") : (question[..slash], question[(slash + 1)..]);
        return answers.TryGetValue(name, out var answer) ? answer(argument, cancelled) : null;
    }
}
