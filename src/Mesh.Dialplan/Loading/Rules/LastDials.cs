using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Rules;

/// <summary>
/// Finds the Dials after whose conversation a plan does nothing more: the whole of a handler, its last statement, or <c>if (await call.Dial(...)) return;</c>. Only such a call may
/// leave a site in whose middle it is, since the site does not hear of its end. What cannot be told from the text is taken to go on.
/// </summary>
internal static class LastDials
{
    /// <summary>File and line of each, as a Dial says them of itself when it runs; a line with another Dial that is not the last is left out.</summary>
    public static IEnumerable<(string File, int Line)> Of(SyntaxTree tree, SemanticModel model) => tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
        .Where(call => IsDial(call, model))
        .GroupBy(Place)
        .Where(line => line.All(call => EndsTheHandler(call, model)))
        .Select(line => line.Key);

    /// <summary>File and line of a call as the method called is told them.</summary>
    public static (string File, int Line) Place(InvocationExpressionSyntax call)
    {
        // The compiler takes the line of the parenthesis for that of the call.
        var at = call.ArgumentList.OpenParenToken.GetLocation().GetMappedLineSpan();
        return (at.Path, at.StartLinePosition.Line + 1);
    }

    private static bool IsDial(InvocationExpressionSyntax call, SemanticModel model) =>
        model.GetSymbolInfo(call).Symbol is IMethodSymbol { Name: nameof(Call.Dial), ContainingType.Name: nameof(Call) } dial && dial.ContainingNamespace.ToDisplayString() == typeof(Call).Namespace;

    private static bool EndsTheHandler(InvocationExpressionSyntax call, SemanticModel model) => Outside(call) switch
    {
        AnonymousFunctionExpressionSyntax whole => IsHandler(whole, model),
        AwaitExpressionSyntax awaited => Outside(awaited) switch
        {
            AnonymousFunctionExpressionSyntax whole => IsHandler(whole, model),
            ExpressionStatementSyntax statement => NothingFollows(statement, model),
            IfStatementSyntax or BinaryExpressionSyntax => AnsweredReturns(awaited, model),
            _ => false,
        },
        ReturnStatementSyntax statement => IsReturnOfHandler(statement, model),
        _ => false,
    };

    /// <summary><c>if (await call.Dial(a)) return;</c>, also as either side of <c>||</c> and as the last of <c>&amp;&amp;</c>.</summary>
    private static bool AnsweredReturns(ExpressionSyntax condition, SemanticModel model)
    {
        SyntaxNode inner = condition;
        while (true)
            switch (inner.Parent)
            {
                case ParenthesizedExpressionSyntax parent: inner = parent; continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalOrExpression } either: inner = either; continue;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } both when both.Right == inner: inner = both; continue;
                case IfStatementSyntax decides when decides.Condition == inner: return OnlyStatement(decides.Statement) is ReturnStatementSyntax done && IsReturnOfHandler(done, model);
                default: return false;
            }
    }

    private static StatementSyntax? OnlyStatement(StatementSyntax statement) => statement is BlockSyntax block ? block.Statements.Count == 1 ? block.Statements[0] : null : statement;

    private static bool NothingFollows(StatementSyntax statement, SemanticModel model)
    {
        var next = Next(statement);
        if (next is ReturnStatementSyntax { Expression: null } done) return IsReturnOfHandler(done, model);
        return statement.Parent switch
        {
            BlockSyntax { Parent: AnonymousFunctionExpressionSyntax whole } when next is null => IsHandler(whole, model),
            BlockSyntax { Parent: not TryStatementSyntax } block when next is null => NothingFollows(block, model),
            IfStatementSyntax decides => NothingFollows(decides, model),
            ElseClauseSyntax { Parent: IfStatementSyntax decides } => NothingFollows(decides, model),
            SwitchSectionSyntax { Parent: SwitchStatementSyntax choice } when next is BreakStatementSyntax => NothingFollows(choice, model),
            _ => false,
        };
    }

    private static StatementSyntax? Next(StatementSyntax statement)
    {
        var siblings = statement.Parent switch { BlockSyntax block => block.Statements, SwitchSectionSyntax section => section.Statements, _ => default };
        int at = siblings.IndexOf(statement);
        // A function written between two statements does nothing by itself.
        return siblings.Skip(at + 1).FirstOrDefault(s => s is not LocalFunctionStatementSyntax);
    }

    private static bool IsReturnOfHandler(ReturnStatementSyntax statement, SemanticModel model)
    {
        foreach (var outer in statement.Ancestors())
            switch (outer)
            {
                // Its finally would still run.
                case TryStatementSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax: return false;
                case AnonymousFunctionExpressionSyntax whole: return IsHandler(whole, model);
            }
        return false;
    }

    private static bool IsHandler(AnonymousFunctionExpressionSyntax function, SemanticModel model) =>
        function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax defines }
        && model.GetSymbolInfo(defines).Symbol is IMethodSymbol { ContainingType.Name: nameof(DialplanScript), Name: "Extension" or "Inbound" or "Otherwise" };

    private static SyntaxNode? Outside(SyntaxNode node)
    {
        var outer = node.Parent;
        while (outer is ParenthesizedExpressionSyntax) outer = outer.Parent;
        return outer;
    }
}
