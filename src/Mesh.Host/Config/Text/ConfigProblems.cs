namespace Mesh.Host.Config.Text;

/// <summary>Gathers every problem of a bundle; the same one found through two sites is told once.</summary>
public sealed class ConfigProblems
{
    /// <summary>Most problems kept: a file that is not a bundle at all must not fill a terminal for ever.</summary>
    public const int Limit = 200;

    private readonly List<ConfigProblem> found = [];
    private readonly HashSet<ConfigProblem> known = [];

    public bool HasErrors { get; private set; }

    public void Error(ConfigSource source, string message, string hint = "") => Add(new ConfigProblem(source, message, hint, IsWarning: false));

    public void Warn(ConfigSource source, string message, string hint = "") => Add(new ConfigProblem(source, message, hint, IsWarning: true));

    public void Add(ConfigProblem problem)
    {
        HasErrors |= !problem.IsWarning;
        if (found.Count < Limit && known.Add(problem)) found.Add(problem);
    }

    /// <summary>In the order of files, lines and columns.</summary>
    public IReadOnlyList<ConfigProblem> Sorted() =>
        [.. found.OrderBy(p => p.Source.Name, StringComparer.Ordinal).ThenBy(p => p.Source.Line).ThenBy(p => p.Source.Column)];
}
