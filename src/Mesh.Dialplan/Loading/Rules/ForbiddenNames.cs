using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Rules;

/// <summary>The parts of .NET a plan must leave alone, each with what to write instead.</summary>
internal static class ForbiddenNames
{
    private const string OneLine = "A handler is one line of control: await one verb after the other; what rings together is joined by &";

    private static readonly DialplanProblem
        Dynamic = new("dynamic hides mistakes until a call runs into them", "Write var, or the type"),
        Files = new("A plan does not touch files", "What it needs to know is written in the plan, or in mesh.yaml"),
        Network = new("A plan does not use the network itself", "It reaches people with call.Dial(...)"),
        Programs = new("A plan does not start programs"),
        TheProgram = new("A plan does not reach into the program that runs it"),
        Terminal = new("A plan has no terminal", "call.Note(\"...\") writes into the call's trace"),
        Clock = new("The clock of the machine is not a plan's", "call.UtcNow is the call's clock, and call.During(hours) compares it; in a rehearsal it is the rehearsal's"),
        Threads = new("A plan makes no threads and takes no locks", OneLine),
        Sleep = new("Thread.Sleep stops a thread that other calls need", "Write await call.Wait(2.Seconds)"),
        Delay = new("Task.Delay does not end when the caller hangs up", "Write await call.Wait(2.Seconds)"),
        Run = new("A plan starts no tasks of its own: they would outlive the call", OneLine),
        Block = new("Waiting for a task like this stops a thread that other calls need", "Write await in front of it");

    /// <param name="symbol">What <paramref name="node"/> means, null when nothing known.</param>
    public static DialplanProblem? Check(SimpleNameSyntax node, ISymbol? symbol)
    {
        if (symbol is IDynamicTypeSymbol) return Dynamic;
        if (symbol is null) return Unseen(node);
        if (symbol is INamespaceSymbol || symbol.Locations.Any(location => location.IsInSource)) return null;
        var type = symbol as INamedTypeSymbol ?? symbol.ContainingType;
        return type is null ? null : Member(type.ContainingNamespace.ToDisplayString(), type.Name, symbol is INamedTypeSymbol ? "" : symbol.Name);
    }

    /// <summary>Types of libraries a plan cannot see at all: the compiler would only say that they do not exist.</summary>
    private static DialplanProblem? Unseen(SimpleNameSyntax node) => node.Identifier.Text switch
    {
        "HttpClient" or "HttpWebRequest" or "WebClient" or "WebRequest" or "TcpClient" or "UdpClient" or "Socket" or "Dns" or "SmtpClient" => Network,
        "Process" or "ProcessStartInfo" => Programs,
        "Console" => Terminal,
        "Stopwatch" => Clock,
        "Thread" => Threads,
        _ => null,
    };

    private static DialplanProblem? Member(string space, string type, string member) => (space, type, member) switch
    {
        (_, "Thread", "Sleep") => Sleep,
        ("System.Threading", "Thread", "") => null,   // said once, at its member
        ("System.Threading", "Interlocked" or "Volatile" or "CancellationToken", _) => null,
        ("System.Threading", _, _) => Threads,
        ("System.Threading.Tasks", "Task", "Delay") => Delay,
        ("System.Threading.Tasks", "Task" or "TaskFactory" or "Parallel", "Run" or "Factory" or "StartNew" or "ContinueWith" or "Start" or "For" or "ForEach" or "ForEachAsync" or "Invoke") => Run,
        ("System.Threading.Tasks", "Task" or "ValueTask", "Wait" or "WaitAll" or "WaitAny" or "Result" or "GetAwaiter" or "RunSynchronously") => Block,
        ("System.Threading.Tasks", "Task" or "ValueTask", "WaitAsync" or "Yield") => Run,
        ("System.IO", _, _) => Files,
        ("System", "Console", _) => Terminal,
        ("System", "DateTime" or "DateTimeOffset", "Now" or "UtcNow" or "Today") or ("System", "TimeProvider", "System") or ("System", "Environment", "TickCount" or "TickCount64") => Clock,
        ("System.Diagnostics", "Stopwatch", _) => Clock,
        ("System.Diagnostics", "Process" or "ProcessStartInfo", _) => Programs,
        ("System", "Environment", "NewLine" or "") => null,
        ("System", "Environment" or "AppDomain" or "AppContext" or "Activator" or "GC", _) => TheProgram,
        ("System.Reflection", "MemberInfo", "Name") => null,
        _ when space == "System.Net" || space.StartsWith("System.Net.", StringComparison.Ordinal) => Network,
        _ when space.StartsWith("System.Reflection", StringComparison.Ordinal) || space.StartsWith("System.Runtime.InteropServices", StringComparison.Ordinal)
            || space.StartsWith("System.Runtime.Loader", StringComparison.Ordinal) || space == "Mesh.Io" || space == "Mesh.Dialplan.Loading" => TheProgram,
        _ => null,
    };
}
