using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Mesh.Dialplan.Loading.Compiling;

/// <summary>
/// Serves the plan's files to the compiler from memory. A script compilation takes one tree; the others come in by <c>#load</c> from a root written here, so that all
/// files share one scope and run in order. Nothing else can be loaded.
/// </summary>
internal sealed class PlanSources(IReadOnlyList<DialplanSource> sources) : SourceReferenceResolver
{
    // No file name holds this character, so that a plan cannot load one of its own files again by accident.
    private const string Token = "\u241e";

    /// <summary>The root: one line a file.</summary>
    public string Root => string.Concat(sources.Select((_, i) => $"#load \"{Token}{i}\"\n"));

    public override string? ResolveReference(string path, string? baseFilePath) =>
        path.StartsWith(Token, StringComparison.Ordinal) && int.TryParse(path.AsSpan(Token.Length), out int i) && i < sources.Count ? sources[i].File : null;

    public override string? NormalizePath(string path, string? baseFilePath) => path;

    public override Stream OpenRead(string resolvedPath) => new MemoryStream(Encoding.UTF8.GetBytes(Named(resolvedPath).Text));

    public override SourceText ReadText(string resolvedPath) => SourceText.From(Named(resolvedPath).Text, Encoding.UTF8);

    public override bool Equals(object? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => sources.Count;

    private DialplanSource Named(string file) => sources.First(source => source.File == file);
}
