using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Rules;

/// <summary>A hang-up unwinds the handler by <see cref="CallEnded"/>: a catch that takes everything would keep a handler running for a caller who is gone.</summary>
internal static class CatchRules
{
    private static readonly DialplanProblem TakesTheEnd = new(
        "This catch would also take the end of the call", "Catch the kind you expect, or write catch (Exception e) when (e is not CallEnded); what must happen at a hang-up goes into finally");

    public static IEnumerable<(SyntaxNode Place, DialplanProblem Problem)> Check(TryStatementSyntax node, SemanticModel model)
    {
        if (!node.Block.DescendantNodes(InSameFunction).OfType<AwaitExpressionSyntax>().Any()) yield break;
        foreach (var clause in node.Catches)
        {
            bool takesAll = clause.Declaration is not { } declaration
                || model.GetTypeInfo(declaration.Type).Type?.ToDisplayString() is "System.Exception" or "System.SystemException" or "System.OperationCanceledException";
            bool spares = clause.Filter?.ToString().Contains(nameof(CallEnded), StringComparison.Ordinal) == true
                || clause.Block.Statements.LastOrDefault() is ThrowStatementSyntax { Expression: null };
            if (takesAll && !spares) yield return (clause, TakesTheEnd);
            // An earlier catch (CallEnded) that rethrows or returns leaves nothing of it to the later ones.
            if (clause.Declaration is { } only && model.GetTypeInfo(only.Type).Type?.Name == nameof(CallEnded) && clause.Filter is null) yield break;
        }
    }

    private static bool InSameFunction(SyntaxNode node) => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);
}
