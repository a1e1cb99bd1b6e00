namespace Mesh.Host.Config.Text;

/// <summary>One fault of a bundle, or one thing its operator should know.</summary>
public sealed record ConfigProblem(ConfigSource Source, string Message, string Hint, bool IsWarning)
{
    /// <summary>One line: <c>mesh.yaml:3:5: message (hint)</c>.</summary>
    public override string ToString() =>
        $"{Source}: {(IsWarning ? "warning: " : "")}{Message}{(Hint.Length == 0 ? "" : $" ({Hint})")}";
}
