using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Compiling;

/// <summary>The compiler's words for an administrator: the common slips get a sentence that says what to write.</summary>
internal static class CompilerMessages
{
    private const string WriteAsync = "A handler that awaits begins with async: async call => { ... }";
    private const string WriteAwait = "await is missing: if (await call.Dial(...))";

    public static DialplanError Of(Diagnostic diagnostic, CSharpCompilation compilation)
    {
        var span = diagnostic.Location.GetLineSpan();
        var start = span.StartLinePosition;
        return new(span.Path, start.Line + 1, start.Character + 1, diagnostic.GetMessage(), Hint(diagnostic, compilation));
    }

    private static string Hint(Diagnostic diagnostic, CSharpCompilation compilation) => diagnostic.Id switch
    {
        "CS0103" => UnknownName(diagnostic, compilation),
        "CS1061" or "CS0117" => UnknownMember(diagnostic, compilation),
        "CS4032" or "CS4033" or "CS4034" or "CS1643" or "CS1661" or "CS1662" or "CS0126" or "CS1997" => WriteAsync,
        "CS0029" when diagnostic.GetMessage().Contains("Task<", StringComparison.Ordinal) => WriteAwait,
        "CS0019" when diagnostic.GetMessage().Contains("Task", StringComparison.Ordinal) => WriteAwait,
        "CS0019" when diagnostic.GetMessage().Contains("'&'", StringComparison.Ordinal) => "Both sides of & are places: Sip(\"a\") & Sip(\"b\"); or write all of it in one string: \"SIP/a&SIP/b\"",
        "CS1503" when diagnostic.GetMessage().Contains("'System.TimeSpan", StringComparison.Ordinal) => "A length of time is written 25.Seconds or 2.Minutes",
        "CS0234" or "CS0246" when diagnostic.GetMessage().Contains("System.Net", StringComparison.Ordinal) => "A plan does not use the network itself: it reaches people with call.Dial(...)",
        "CS0234" => "A plan sees the language of the dialplan, text, collections and LINQ",
        "CS1012" => "One character stands in single quotes, text in double quotes",
        _ => "",
    };

    private static string UnknownName(Diagnostic diagnostic, CSharpCompilation compilation)
    {
        if (Node(diagnostic) is not { } node) return "";
        string name = node.ToString();
        var visible = compilation.GetSemanticModel(node.SyntaxTree).LookupSymbols(node.SpanStart).Select(symbol => symbol.Name)
            .Concat(typeof(DialplanScript).GetMembers().Select(member => member.Name));
        return Meant(name, visible);
    }

    private static string UnknownMember(Diagnostic diagnostic, CSharpCompilation compilation)
    {
        if (Node(diagnostic)?.FirstAncestorOrSelf<MemberAccessExpressionSyntax>() is not { } access) return "";
        var model = compilation.GetSemanticModel(access.SyntaxTree);
        string name = access.Name.Identifier.Text;
        if (model.GetTypeInfo(access.Expression).Type is { SpecialType: SpecialType.System_Int32 or SpecialType.System_Double })
            return Meant(name, ["Seconds", "Minutes", "Hours"]);
        var container = model.GetTypeInfo(access.Expression).Type ?? model.GetSymbolInfo(access.Expression).Symbol as ITypeSymbol;
        if (container is null) return "";
        return container.Name == "Task" ? WriteAwait : Meant(name, container.GetMembers().Where(member => member.CanBeReferencedByName).Select(member => member.Name));
    }

    private static string Meant(string name, IEnumerable<string> candidates) => NearestName.Of(name, candidates) is { } near ? $"Did you mean {near}?" : "";

    private static SyntaxNode? Node(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree is { } tree ? tree.GetRoot().FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) : null;
}
