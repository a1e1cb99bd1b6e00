namespace Mesh.Dialplan.Calls;

/// <summary>A line of a dialplan's source, as the compiler knows it. The default is no line.</summary>
/// <param name="File">The path the plan was compiled from.</param>
public readonly record struct ScriptPlace(string? File, int Line)
{
    public bool IsKnown => !string.IsNullOrEmpty(File);

    /// <summary><c>plan.csx:3</c>, or nothing.</summary>
    public override string ToString() => IsKnown ? $"{Path.GetFileName(File)}:{Line}" : "";
}
