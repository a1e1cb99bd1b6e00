using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Mesh.Dialplan.Loading.Compiling;

/// <summary>
/// Writes <see cref="Language.ScriptSteps.Count"/> into every loop and function of a file that has been checked. No line moves, so that traces and faults name the
/// lines as written; columns after a brace may.
/// </summary>
internal sealed class StepCounting(SemanticModel model) : CSharpSyntaxWalker
{
    private const string Count = "global::Mesh.Dialplan.Language.ScriptSteps.Count();";
    private readonly List<TextChange> changes = [];

    /// <summary>The file's text with its steps counted.</summary>
    public static string In(SyntaxTree tree, SemanticModel model)
    {
        var counting = new StepCounting(model);
        counting.Visit(tree.GetRoot());
        return Apply(tree.GetText().ToString(), counting.changes);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitWhileStatement(node);
    }

    public override void VisitDoStatement(DoStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitDoStatement(node);
    }

    public override void VisitForStatement(ForStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitForStatement(node);
    }

    public override void VisitForEachStatement(ForEachStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitForEachStatement(node);
    }

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node)
    {
        Body(node.Statement);
        base.VisitForEachVariableStatement(node);
    }

    public override void VisitGotoStatement(GotoStatementSyntax node)
    {
        Body(node);
        base.VisitGotoStatement(node);
    }

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        Block(node.Block);
        base.VisitSimpleLambdaExpression(node);
    }

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
    {
        Block(node.Block);
        base.VisitParenthesizedLambdaExpression(node);
    }

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        Function(node, node.Body, node.ExpressionBody, node.SemicolonToken);
        base.VisitLocalFunctionStatement(node);
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        Function(node, node.Body, node.ExpressionBody, node.SemicolonToken);
        base.VisitMethodDeclaration(node);
    }

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node)
    {
        Block(node.Body);
        base.VisitConstructorDeclaration(node);
    }

    public override void VisitAccessorDeclaration(AccessorDeclarationSyntax node)
    {
        Block(node.Body);
        base.VisitAccessorDeclaration(node);
    }

    private void Body(StatementSyntax statement)
    {
        if (statement is BlockSyntax block) { Block(block); return; }
        Insert(statement.SpanStart, "{" + Count);
        Insert(statement.Span.End, "}");
    }

    private void Block(BlockSyntax? block)
    {
        if (block is not null) Insert(block.OpenBraceToken.Span.End, Count);
    }

    private void Function(SyntaxNode declaration, BlockSyntax? body, ArrowExpressionClauseSyntax? arrow, SyntaxToken end)
    {
        Block(body);
        if (arrow is null || arrow.Expression is ThrowExpressionSyntax or RefExpressionSyntax || model.GetDeclaredSymbol(declaration) is not IMethodSymbol method) return;
        bool returns = !method.ReturnsVoid && !(method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false });
        changes.Add(new(arrow.ArrowToken.Span, "{" + Count + (returns ? "return " : "")));
        Insert(end.Span.End, "}");
    }

    private void Insert(int position, string text) => changes.Add(new(new TextSpan(position, 0), text));

    private static string Apply(string text, List<TextChange> changes)
    {
        var result = new StringBuilder(text.Length + changes.Count * Count.Length);
        int copied = 0;
        // At one place, what was found first comes first: the outer brace before the inner on opening, and any order of } on closing.
        foreach (var change in changes.Select((change, i) => (change, i)).OrderBy(pair => pair.change.Span.Start).ThenBy(pair => pair.i).Select(pair => pair.change))
        {
            result.Append(text, copied, change.Span.Start - copied).Append(change.NewText);
            copied = change.Span.End;
        }
        return result.Append(text, copied, text.Length - copied).ToString();
    }
}
