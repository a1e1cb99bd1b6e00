using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Compiling;

/// <summary>Makes the compiler's view of a plan: all its files as one C# script whose words are <see cref="DialplanScript"/>'s members.</summary>
internal static class PlanCompilation
{
    /// <summary>What every file may use without saying so.</summary>
    private static readonly string[] Usings =
    [
        "System", "System.Collections.Generic", "System.Linq", "System.Threading.Tasks",
        typeof(Call).Namespace!, typeof(DialStatus).FullName!, typeof(DayOfWeek).FullName!,
    ];

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    public static CSharpCompilation Of(IReadOnlyList<DialplanSource> sources, string assemblyName)
    {
        var files = new PlanSources(sources);
        var root = CSharpSyntaxTree.ParseText(SourceText.From(files.Root, Encoding.UTF8), Parsing, path: "");
        // Not optimised: the line of a fault is then exact, and the compiler is quicker.
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, usings: Usings, optimizationLevel: OptimizationLevel.Debug, sourceReferenceResolver: files,
            nullableContextOptions: NullableContextOptions.Annotations, concurrentBuild: false, deterministic: true);
        return CSharpCompilation.CreateScriptCompilation(assemblyName, root, ScriptReferences.All, options, returnType: typeof(object), globalsType: typeof(DialplanScript));
    }

    /// <summary>The same plan, checked already, with its steps counted: what is emitted.</summary>
    public static CSharpCompilation Counted(CSharpCompilation compilation) =>
        Of([.. Files(compilation).Select(tree => new DialplanSource(tree.FilePath, StepCounting.In(tree, compilation.GetSemanticModel(tree))))], compilation.AssemblyName!);

    /// <summary>The trees of the plan's own files, in order.</summary>
    public static IEnumerable<SyntaxTree> Files(CSharpCompilation compilation) => compilation.SyntaxTrees.Where(tree => tree.FilePath.Length > 0);
}
