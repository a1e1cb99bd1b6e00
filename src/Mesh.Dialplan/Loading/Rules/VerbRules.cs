using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Rules;

/// <summary>One verb at a time, each awaited where it is written: so that the line after it runs when it has happened.</summary>
internal static class VerbRules
{
    /// <summary>A verb of <see cref="Call"/> must be awaited, returned, or be the whole of a handler.</summary>
    public static DialplanProblem? Verb(InvocationExpressionSyntax invocation, SemanticModel model)
    {
        if (!IsVerb(invocation, model) || IsAwaited(invocation)) return null;
        return Missing($"call.{model.GetSymbolInfo(invocation).Symbol!.Name}");
    }

    /// <summary>A statement, other than a verb, whose task nobody waits for.</summary>
    public static DialplanProblem? Dropped(ExpressionSyntax statement, SemanticModel model) =>
        statement is not AssignmentExpressionSyntax && !IsVerb(statement, model) && model.GetTypeInfo(statement).Type is { } type && IsTask(type) ? Missing(Short(statement)) : null;

    /// <summary>Nobody waits for a method that is async and returns nothing, and what it throws ends the program.</summary>
    public static DialplanProblem? AsyncVoid(SyntaxNode function, SemanticModel model)
    {
        var method = (function is AnonymousFunctionExpressionSyntax ? model.GetSymbolInfo(function).Symbol : model.GetDeclaredSymbol(function)) as IMethodSymbol;
        return method is { IsAsync: true, ReturnsVoid: true } ? new("async void: nobody would wait for this", "Write async Task, and await it") : null;
    }

    public static DialplanProblem? TopLevelAwait(AwaitExpressionSyntax node) =>
        node.Ancestors().Any(IsFunction) ? null : new("await at the top level: there is no call yet to wait for", "Await inside a handler: Extension(\"301\", async call => { ... })");

    private static bool IsVerb(ExpressionSyntax expression, SemanticModel model) =>
        model.GetSymbolInfo(expression).Symbol is IMethodSymbol { ContainingType.Name: nameof(Call) } method && IsOfLanguage(method) && IsTask(method.ReturnType);

    private static bool IsAwaited(ExpressionSyntax expression)
    {
        for (SyntaxNode node = expression; node.Parent is { } parent; node = parent)
            switch (parent)
            {
                case AwaitExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or AnonymousFunctionExpressionSyntax: return true;
                case ParenthesizedExpressionSyntax or SwitchExpressionArmSyntax or CastExpressionSyntax: continue;
                case ConditionalExpressionSyntax either when either.Condition != node: continue;
                case SwitchExpressionSyntax choice when choice.GoverningExpression != node: continue;
                default: return false;
            }
        return false;
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax;

    private static bool IsOfLanguage(ISymbol symbol) => symbol.ContainingNamespace?.ToDisplayString() == typeof(Call).Namespace;

    private static bool IsTask(ITypeSymbol type) => type.Name is "Task" or "ValueTask" && type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks";

    private static DialplanProblem Missing(string what) => new($"await is missing before {what}", $"Write await {what}(...), so that the next line runs when it has happened");

    private static string Short(ExpressionSyntax statement) => statement is InvocationExpressionSyntax invocation ? invocation.Expression.ToString() : statement.ToString();
}
