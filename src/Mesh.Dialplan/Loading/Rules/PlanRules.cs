using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Rules;

/// <summary>
/// What C# allows and a plan must not do: block, outlive its call, swallow the end of a call, reach past the telephones; and names the configuration does not know.
/// Guard rails against mistakes, no sandbox: plans are trusted code.
/// </summary>
internal sealed class PlanRules(SemanticModel model, NameCheck names, List<DialplanError> errors) : CSharpSyntaxWalker(SyntaxWalkerDepth.StructuredTrivia)
{
    private readonly List<(string Number, SyntaxNode Place)> gotos = [];

    /// <summary>Numbers the plan goes to, written out: whether they exist is known once its top level has run.</summary>
    public IReadOnlyList<(string Number, SyntaxNode Place)> Gotos => gotos;

    public static DialplanError At(SyntaxNode node, DialplanProblem problem)
    {
        var span = node.GetLocation().GetLineSpan();
        return new(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1, problem.Message, problem.Hint);
    }

    public override void VisitLoadDirectiveTrivia(LoadDirectiveTriviaSyntax node) =>
        Refuse(node, new("#load is not needed", "Every .csx file of dialplan/ is read, in the order of their names, and sees what the others define"));

    public override void VisitReferenceDirectiveTrivia(ReferenceDirectiveTriviaSyntax node) =>
        Refuse(node, new("A plan cannot bring a library along", "What a plan may use is there without #r"));

    public override void VisitIdentifierName(IdentifierNameSyntax node)
    {
        Name(node);
        base.VisitIdentifierName(node);
    }

    public override void VisitGenericName(GenericNameSyntax node)
    {
        Name(node);
        base.VisitGenericName(node);
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        Refuse(node.Expression is MemberAccessExpressionSyntax access ? access.Name : node.Expression, VerbRules.Verb(node, model));
        foreach (var (place, problem) in NameRules.Check(node, model, names)) Refuse(place, problem);
        if (NameRules.Goto(node, model) is { } goneTo) gotos.Add(goneTo);
        base.VisitInvocationExpression(node);
    }

    public override void VisitExpressionStatement(ExpressionStatementSyntax node)
    {
        Refuse(node.Expression, VerbRules.Dropped(node.Expression, model));
        base.VisitExpressionStatement(node);
    }

    public override void VisitAwaitExpression(AwaitExpressionSyntax node)
    {
        Refuse(node, VerbRules.TopLevelAwait(node));
        base.VisitAwaitExpression(node);
    }

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node)
    {
        Refuse(node, VerbRules.AsyncVoid(node, model));
        base.VisitParenthesizedLambdaExpression(node);
    }

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node)
    {
        Refuse(node, VerbRules.AsyncVoid(node, model));
        base.VisitSimpleLambdaExpression(node);
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node)
    {
        Refuse(node, VerbRules.AsyncVoid(node, model));
        base.VisitMethodDeclaration(node);
    }

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node)
    {
        Refuse(node, VerbRules.AsyncVoid(node, model));
        base.VisitLocalFunctionStatement(node);
    }

    public override void VisitTryStatement(TryStatementSyntax node)
    {
        foreach (var (place, problem) in CatchRules.Check(node, model)) Refuse(place, problem);
        base.VisitTryStatement(node);
    }

    private void Name(SimpleNameSyntax node)
    {
        // What var stands for is named on the other side of the equals sign.
        if (!node.IsVar) Refuse(node, ForbiddenNames.Check(node, model.GetSymbolInfo(node).Symbol));
    }

    private void Refuse(SyntaxNode node, DialplanProblem? problem)
    {
        if (problem is null) return;
        var error = At(node, problem);
        // System.IO.File.Delete is one thing to say, not two.
        if (!errors.Exists(said => said.File == error.File && said.Line == error.Line && said.Message == error.Message)) errors.Add(error);
    }
}
