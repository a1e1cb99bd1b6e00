using System.Diagnostics;
using System.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Compiling;

/// <summary>Emits a plan, loads it into a context of its own and runs its top level once.</summary>
internal static class PlanRun
{
    /// <summary>The context the plan lives in, or why it does not: compiler errors, or one error where the top level threw.</summary>
    public static (PlanContext? Context, IReadOnlyList<Diagnostic> Diagnostics) Load(CSharpCompilation compilation, out Func<object[], Task<object>>? factory)
    {
        factory = null;
        using var code = new MemoryStream();
        using var symbols = new MemoryStream();
        var emitted = compilation.Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        if (!emitted.Success) return (null, emitted.Diagnostics);
        code.Position = symbols.Position = 0;
        var context = new PlanContext(compilation.AssemblyName!);
        var assembly = context.LoadFromStream(code, symbols);
        var entry = compilation.GetEntryPoint(default)!;
        var method = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!.GetMethod(entry.MetadataName, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Public)!;
        factory = method.CreateDelegate<Func<object[], Task<object>>>();
        return (context, emitted.Diagnostics);
    }

    /// <summary>Runs the top level on this thread, within <paramref name="budget"/>. Null when it came to its end, else what stopped it.</summary>
    public static DialplanError? Run(Func<object[], Task<object>> factory, DialplanScript script, IReadOnlyList<DialplanSource> sources, TimeSpan budget, TimeProvider time)
    {
        Task<object>? run = null;
        using var late = new CancellationTokenSource(budget, time);
        try
        {
#pragma warning disable SYSLIB0046 // A loop without end at the top level cannot be stopped in any other way, and would hold a core for ever.
            ControlledExecution.Run(() => run = factory([script, null!]), late.Token);
#pragma warning restore SYSLIB0046
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested) { return TooLong(sources, budget); }
        catch (Exception e) { return Thrown(e, sources); }
        if (run is null || !run.IsCompleted) return TooLong(sources, budget);
        return run.Exception?.InnerException is { } fault ? Thrown(fault, sources) : null;
    }

    private static DialplanError TooLong(IReadOnlyList<DialplanSource> sources, TimeSpan budget) => new(
        sources[0].File, 0, 0, $"The top level of the plan did not come to its end within {budget.TotalSeconds:0.###} s", "It only says which number does what: what takes time belongs into a handler");

    private static DialplanError Thrown(Exception fault, IReadOnlyList<DialplanSource> sources)
    {
        var (file, line, column) = Place(fault, sources);
        return fault switch
        {
            DialplanException e => new(file, line, column, e.Problem.Message, e.Problem.Hint),
            NullReferenceException => new(file, line, column, "Something used here is not set yet", "Files are read in the order of their names, lines from the top: use a variable below the line that sets it"),
            _ => new(file, line, column, $"{fault.GetType().Name}: {fault.Message}"),
        };
    }

    /// <summary>The innermost line of the plan itself.</summary>
    private static (string File, int Line, int Column) Place(Exception fault, IReadOnlyList<DialplanSource> sources)
    {
        foreach (var frame in new StackTrace(fault, fNeedFileInfo: true).GetFrames())
            if (frame.GetFileName() is { } name && sources.Any(source => source.File == name))
                return (name, frame.GetFileLineNumber(), frame.GetFileColumnNumber());
        return (sources[0].File, 0, 0);
    }
}
