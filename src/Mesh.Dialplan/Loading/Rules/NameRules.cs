using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Rules;

/// <summary>Names written out in a plan, inside handlers too, against what the configuration knows.</summary>
internal static class NameRules
{
    public static IEnumerable<(SyntaxNode Place, DialplanProblem Problem)> Check(InvocationExpressionSyntax invocation, SemanticModel model, NameCheck names)
    {
        if (Word(invocation, model) is not { } method || Constant(invocation, model, 0) is not ({ } place, { } text)) return [];
        return (method.ContainingType.Name, method.Name) switch
        {
            (nameof(DialplanScript), "Sip") => Place(place, EndpointWords.Sip(text), names),
            (nameof(DialplanScript), "Iax") => Place(place, EndpointWords.Iax(text), names),
            (nameof(DialplanScript), "Person") => Place(place, EndpointWords.Person(text), names),
            // A number that is not written out is looked at when the plan runs: any will do to check the trunk's name.
            (nameof(DialplanScript), "Trunk") => Place(place, EndpointWords.Trunk(text, Constant(invocation, model, 1).Text ?? "0"), names),
            (nameof(Call), "Dial") => Ring(place, text, names),
            (nameof(Call), "Play") or (nameof(Call), "Menu") => One(place, names.Sound(text)),
            (nameof(Call), "Voicemail") => One(place, names.Mailbox(text)),
            _ => [],
        };
    }

    /// <summary>The number of a <c>call.Goto("301")</c>.</summary>
    public static (string Number, SyntaxNode Place)? Goto(InvocationExpressionSyntax invocation, SemanticModel model) =>
        Word(invocation, model) is { Name: "Goto", ContainingType.Name: nameof(Call) } && Constant(invocation, model, 0) is ({ } place, { } number) ? (number, place) : null;

    private static IEnumerable<(SyntaxNode, DialplanProblem)> Place(SyntaxNode place, (Endpoint Endpoint, DialplanProblem? Problem) word, NameCheck names) =>
        One(place, word.Problem ?? names.Endpoint(word.Endpoint));

    private static IEnumerable<(SyntaxNode, DialplanProblem)> Ring(SyntaxNode place, string text, NameCheck names)
    {
        var dial = DialString.Parse(text);
        return dial.Problems.Concat(dial.Endpoints.Select(names.Endpoint).OfType<DialplanProblem>()).Select(problem => (place, problem));
    }

    private static IEnumerable<(SyntaxNode, DialplanProblem)> One(SyntaxNode place, DialplanProblem? problem) => problem is null ? [] : [(place, problem)];

    private static IMethodSymbol? Word(InvocationExpressionSyntax invocation, SemanticModel model) =>
        model.GetSymbolInfo(invocation).Symbol is IMethodSymbol method && method.ContainingNamespace?.ToDisplayString() == typeof(Call).Namespace ? method : null;

    private static (SyntaxNode? Place, string? Text) Constant(InvocationExpressionSyntax invocation, SemanticModel model, int index)
    {
        var arguments = invocation.ArgumentList.Arguments;
        if (index >= arguments.Count || arguments[index].NameColon is not null) return (null, null);
        var expression = arguments[index].Expression;
        return model.GetConstantValue(expression) is { HasValue: true, Value: string text } ? (expression, text) : (expression, null);
    }
}
