using System.Text.RegularExpressions;
using Mesh.Dialplan.Language;
using Mesh.Dialplan.Loading;

namespace Mesh.Dialplan.Tests.Loading;

/// <summary>Every sample of <c>docs/dialplan.md</c> is a plan that loads, and what it promises is so.</summary>
public partial class DocumentTests
{
    private static readonly Lazy<string> Text = new(() => File.ReadAllText(Path.Combine(Root(), "docs", "dialplan.md")));

    public static TheoryData<int> Samples => [.. Enumerable.Range(0, Fences().Count)];

    [Theory, MemberData(nameof(Samples))]
    public void ASampleLoads(int number)
    {
        var names = Plan.Names with { Sounds = new HashSet<string> { "welcome", "closed", "busy-now" } };
        var outcome = Plan.Compiler.Compile([new("docs/dialplan.md", Fences()[number])], names);
        Assert.True(outcome.IsLoaded, string.Join('\n', outcome.Errors) + "\n" + Fences()[number]);
        Assert.Empty(outcome.Warnings);
    }

    [Fact]
    public void ThereAreSamples() => Assert.InRange(Fences().Count, 7, 20);

    [Fact]
    public void TheErrorItShowsLooksLikeThat() => Assert.Contains(
        "\n" + new DialplanError("dialplan/20-numbers.csx", 14, 31, "There is no phone 'recption'", "Did you mean reception?") + "\n", Text.Value, StringComparison.Ordinal);

    [Fact]
    public void EveryVerbAndFactOfACallIsInIt()
    {
        var words = typeof(Call).GetMembers(System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.DeclaredOnly)
            .Where(member => member is System.Reflection.PropertyInfo or System.Reflection.MethodInfo { IsSpecialName: false }).Select(member => member.Name);
        Assert.All(words, word => Assert.Matches($@"\b{word}\b", Text.Value));
    }

    private static IReadOnlyList<string> Fences() => [.. Fence().Matches(Text.Value).Select(match => match.Groups[1].Value)];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mesh.sln"))) folder = folder.Parent;
        return folder!.FullName;
    }

    [GeneratedRegex("^```csharp\n(.*?)^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Fence();
}
