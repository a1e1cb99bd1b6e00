using System.Diagnostics;
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

    /// <summary>
    /// Runs the top level on a thread of its own, within so many steps and so much time. Null when it came to its end, else what stopped it. A top level lost in code that
    /// counts no steps cannot be ended: it is left behind on its thread, and the plan refused.
    /// </summary>
    public static DialplanError? Run(Func<object[], Task<object>> factory, DialplanScript script, IReadOnlyList<DialplanSource> sources, DialplanOptions options)
    {
        var steps = new StepBudget(options.TopLevelSteps);
        var finished = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() => RunHere(factory, script, steps, finished)) { IsBackground = true, Name = "dialplan", Priority = ThreadPriority.BelowNormal };
        thread.Start();
        try
        {
            // A wait of its own, not a timer's callback: where the thread pool is busy that comes late, and the top level gets longer than it may have.
            if (finished.Task.Wait(options.TopLevelBudget)) return null;
            steps.Exhaust();
            return TooLong(sources, $"{options.TopLevelBudget.TotalSeconds:0.###} s");
        }
        catch (AggregateException e) when (e.InnerException is ScriptRanAway) { return TooLong(sources, $"{options.TopLevelSteps} steps", e.InnerException); }
        catch (AggregateException e) { return Thrown(e.InnerException!, sources); }
    }

    private static void RunHere(Func<object[], Task<object>> factory, DialplanScript script, StepBudget steps, TaskCompletionSource finished)
    {
        try
        {
            ScriptSteps.Within(steps);
            // Awaiting at the top level is refused, so it has run to its end when the factory returns.
            var run = factory([script, null!]);
            if (run.Exception?.InnerException is { } fault) finished.SetException(fault);
            else finished.SetResult();
        }
        catch (Exception e) { finished.SetException(e); }
    }

    private static DialplanError TooLong(IReadOnlyList<DialplanSource> sources, string limit, Exception? stopped = null)
    {
        var (file, line, column) = stopped is null ? (sources[0].File, 0, 0) : Place(stopped, sources);
        return new(file, line, column, $"The top level of the plan did not come to its end within {limit}", "It only says which number does what: what takes time belongs into a handler");
    }

    private static DialplanError Thrown(Exception fault, IReadOnlyList<DialplanSource> sources)
    {
        var (file, line, column) = Place(fault, sources);
        return fault switch
        {
            DialplanException e => new(file, line, column, e.Problem.Message, e.Problem.Hint),
            InsufficientExecutionStackException => new(file, line, column, "A function calls itself without end"),
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
