using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Mesh.Dialplan.Language;

namespace Mesh.Dialplan.Loading.Rules;

/// <summary>
/// Finds the handlers that can neither block nor go round: no loop, no function of the plan's own, nothing but the call's verbs, the words for places, and comparisons of what they give.
/// Between two verbs such a handler is as short as a signalling handler of ours, and needs no thread of its own. What cannot be told from the text is taken not to be one.
/// </summary>
internal sealed class StraightHandlers(SemanticModel model)
{
    private static readonly string Language = typeof(Call).Namespace!;

    /// <summary>File and line where each is defined, as its <see cref="DialplanEntry"/> has them; a line that defines another handler too is left out unless both are straight.</summary>
    public static IEnumerable<(string File, int Line)> Of(SyntaxTree tree, SemanticModel model)
    {
        var handlers = new StraightHandlers(model);
        return tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(handlers.Defines)
            .GroupBy(LastDials.Place)
            .Where(line => line.All(handlers.IsStraight))
            .Select(line => line.Key);
    }

    private bool Defines(InvocationExpressionSyntax definition) =>
        model.GetSymbolInfo(definition).Symbol is IMethodSymbol { ContainingType.Name: nameof(DialplanScript), Name: "Extension" or "Inbound" or "Otherwise" };

    private bool IsStraight(InvocationExpressionSyntax definition) =>
        definition.ArgumentList.Arguments.Select(argument => argument.Expression).OfType<AnonymousFunctionExpressionSyntax>().ToList() is [var handler]
        && handler.Body.DescendantNodesAndSelf().All(IsShort);

    private bool IsShort(SyntaxNode node) => node switch
    {
        BlockSyntax or ExpressionStatementSyntax or ReturnStatementSyntax or IfStatementSyntax or ElseClauseSyntax or EmptyStatementSyntax => true,
        LocalDeclarationStatementSyntax or VariableDeclarationSyntax or VariableDeclaratorSyntax or EqualsValueClauseSyntax => true,
        SwitchStatementSyntax or SwitchSectionSyntax or SwitchLabelSyntax or BreakStatementSyntax => true,
        ArgumentListSyntax or ArgumentSyntax { RefKindKeyword.RawKind: 0 } or NameColonSyntax => true,
        SwitchExpressionArmSyntax or ConstantPatternSyntax or DiscardPatternSyntax or UnaryPatternSyntax or BinaryPatternSyntax or WhenClauseSyntax => true,
        InterpolatedStringTextSyntax => true,
        InterpolationSyntax part => part is { AlignmentClause: null, FormatClause: null } && IsText(part.Expression),
        TypeSyntax type and not NameSyntax => type is PredefinedTypeSyntax or NullableTypeSyntax,
        ExpressionSyntax expression => IsPlain(expression) && IsKnown(expression),
        _ => false,
    };

    private bool IsPlain(ExpressionSyntax expression) => expression switch
    {
        AwaitExpressionSyntax or LiteralExpressionSyntax or ParenthesizedExpressionSyntax or ConditionalExpressionSyntax or SwitchExpressionSyntax or InterpolatedStringExpressionSyntax => true,
        InvocationExpressionSyntax invocation => model.GetSymbolInfo(invocation).Symbol is IMethodSymbol method && IsWord(method),
        BinaryExpressionSyntax binary => binary.OperatorToken.Text is "&&" or "||" or "==" or "!=" or "<" or ">" or "<=" or ">=" or "&" && IsOfLanguage(model.GetSymbolInfo(binary).Symbol)
            || (binary.OperatorToken.Text is "+" && IsText(binary.Left) && IsText(binary.Right)),
        PrefixUnaryExpressionSyntax unary => unary.OperatorToken.Text is "!" or "-",
        MemberAccessExpressionSyntax or NameSyntax => IsName(expression),
        _ => false,
    };

    /// <summary>Written out without running any code but the library's.</summary>
    private bool IsText(ExpressionSyntax expression) =>
        model.GetTypeInfo(expression).Type?.SpecialType is SpecialType.System_String or SpecialType.System_Char or SpecialType.System_Int32;

    private bool IsName(ExpressionSyntax name) => model.GetSymbolInfo(name).Symbol switch
    {
        ILocalSymbol or IParameterSymbol or IFieldSymbol or ITypeSymbol or INamespaceSymbol => true,
        // What it does is asked where it is invoked; its name alone would be a delegate.
        IMethodSymbol method => IsWord(method) && Invoked(name),
        IPropertySymbol property => property.ContainingType.SpecialType == SpecialType.System_String || (IsOfLanguage(property) && property.ContainingType.Name != nameof(DialplanScript)),
        _ => false,
    };

    private static bool Invoked(SyntaxNode name) =>
        name.Parent is InvocationExpressionSyntax || (name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } access && access.Name == name);

    private static bool IsWord(IMethodSymbol method) => IsOfLanguage(method)
        && (method.ContainingType.Name == nameof(Call) || (method.ContainingType.Name == nameof(DialplanScript) && method.Name is "Sip" or "Iax" or "Trunk" or "Person"));

    /// <summary>An operator of numbers and texts has no symbol of a type that could be the plan's own.</summary>
    private static bool IsOfLanguage(ISymbol? symbol) =>
        symbol is null || symbol is IMethodSymbol { MethodKind: MethodKind.BuiltinOperator } || symbol.ContainingNamespace?.ToDisplayString() == Language;

    /// <summary>A type of the plan's own may bring conversions of its own.</summary>
    private bool IsKnown(ExpressionSyntax expression)
    {
        var type = model.GetTypeInfo(expression);
        return IsKnown(type.Type) && IsKnown(type.ConvertedType);
    }

    private static bool IsKnown(ITypeSymbol? type) => type is null || type.TypeKind == TypeKind.Submission || !type.Locations.Any(place => place.IsInSource);
}
