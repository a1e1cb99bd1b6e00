using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading.Compiling;
using Mesh.Dialplan.Loading.Rules;

namespace Mesh.Dialplan.Loading;

/// <summary>
/// Turns the files of a plan into a <see cref="DialplanModel"/>, or into every error that was found: compile, walk the rules, run the top level once, freeze.
/// Any thread; a first compilation takes about a second, later ones tens of milliseconds.
/// </summary>
public sealed class DialplanCompiler(DialplanOptions options)
{
    private int made;

    public DialplanOptions Options { get; } = options;

    /// <param name="sources">In the order they are to run.</param>
    /// <param name="names">What the configuration knows.</param>
    public DialplanOutcome Compile(IReadOnlyList<DialplanSource> sources, DialplanNames names)
    {
        if (Unfit(sources) is { } unfit) return DialplanOutcome.Refused(unfit);
        var check = new NameCheck(names);
        var compilation = PlanCompilation.Of(sources, $"dialplan-{Hash(sources)}-{Interlocked.Increment(ref made)}");
        var (errors, warnings, gotos) = Analyse(compilation, check);
        if (errors.Count > 0) return Refused(errors, warnings);

        var lastDials = PlanCompilation.Files(compilation).SelectMany(tree => LastDials.Of(tree, compilation.GetSemanticModel(tree))).ToHashSet();
        var straight = PlanCompilation.Files(compilation).SelectMany(tree => StraightHandlers.Of(tree, compilation.GetSemanticModel(tree))).ToHashSet();
        var (context, diagnostics) = PlanRun.Load(PlanCompilation.Counted(compilation), out var factory);
        if (context is null) return Refused([.. diagnostics.Where(IsError).Select(diagnostic => CompilerMessages.Of(diagnostic, compilation))], warnings);
        var draft = new DialplanDraft(sources, check, Options, straight);
        var script = new DialplanScript(draft, Options.TimeZone);
        if (PlanRun.Run(factory!, script, sources, Options) is { } stopped) return Refused([.. draft.Errors, stopped], warnings);
        script.Freeze();
        var (extensions, inbound, otherwise) = draft.Freeze();
        if (draft.Errors.Count > 0) return Refused(draft.Errors, warnings);
        var model = new CompiledDialplan(Hash(sources), Options.HomeCountry, extensions, inbound, otherwise, lastDials, context);
        var lost = gotos.Where(target => model.FindExtension(target.Number) is null).Select(target => PlanRules.At(target.Place, Lost(target.Number, model)));
        return lost.ToList() is { Count: > 0 } nowhere ? Refused(nowhere, warnings) : new(model, [], warnings);
    }

    /// <summary>The same for the same names and texts, on any machine: the first 12 hexadecimal digits of a SHA-256.</summary>
    public static string Hash(IReadOnlyList<DialplanSource> sources)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var source in sources)
        {
            // Each with its length first, so that no two plans read alike.
            hash.AppendData(Encoding.UTF8.GetBytes($"{source.File.Length}:{source.File}{source.Text.Length}:"));
            hash.AppendData(Encoding.UTF8.GetBytes(source.Text));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 6));
    }

    private DialplanError? Unfit(IReadOnlyList<DialplanSource> sources)
    {
        if (sources.Count == 0) return new("dialplan", 0, 0, "There is no .csx file", "A plan of one line: Extension(\"301\", call => call.Dial(Person(\"301\")));");
        if (sources.Count > Options.MaxFiles) return new(sources[Options.MaxFiles].File, 0, 0, $"A plan has at most {Options.MaxFiles} files");
        return sources.Sum(source => (long)source.Text.Length) > Options.MaxSourceLength
            ? new(sources[0].File, 0, 0, $"The files of a plan hold at most {Options.MaxSourceLength} characters together")
            : null;
    }

    private static (List<DialplanError> Errors, List<DialplanError> Warnings, List<(string Number, SyntaxNode Place)> Gotos) Analyse(CSharpCompilation compilation, NameCheck check)
    {
        var errors = new List<DialplanError>();
        var gotos = new List<(string, SyntaxNode)>();
        foreach (var tree in PlanCompilation.Files(compilation))
        {
            var rules = new PlanRules(compilation.GetSemanticModel(tree), check, errors);
            rules.Visit(tree.GetRoot());
            gotos.AddRange(rules.Gotos);
        }
        var diagnostics = compilation.GetDiagnostics();
        // Where a rule has spoken about a line, the compiler's own words about it only confuse.
        var said = errors.Select(error => (error.File, error.Line)).ToHashSet();
        errors.AddRange(diagnostics.Where(IsError).Select(diagnostic => CompilerMessages.Of(diagnostic, compilation)).Where(error => !said.Contains((error.File, error.Line))));
        var warnings = diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Warning).Select(diagnostic => CompilerMessages.Of(diagnostic, compilation));
        return (errors, [.. warnings], gotos);
    }

    private static bool IsError(Diagnostic diagnostic) => diagnostic.Severity == DiagnosticSeverity.Error;

    private static DialplanProblem Lost(string number, DialplanModel model) => new(
        $"No Extension matches '{number}'", NearestName.Of(number, model.Extensions.Select(entry => entry.Pattern)) is { } near ? $"Did you mean {near}?" : "");

    private DialplanOutcome Refused(IReadOnlyList<DialplanError> errors, IReadOnlyList<DialplanError> warnings)
    {
        var sorted = errors.OrderBy(error => error.File, StringComparer.Ordinal).ThenBy(error => error.Line).ThenBy(error => error.Column).ToList();
        if (sorted.Count > Options.MaxErrors)
        {
            int more = sorted.Count - Options.MaxErrors;
            sorted.RemoveRange(Options.MaxErrors, more);
            sorted.Add(new(sorted[^1].File, 0, 0, $"and {more} more"));
        }
        return new(null, sorted, warnings);
    }
}
