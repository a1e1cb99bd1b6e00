using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Mesh.Architecture.Tests;

/// <summary>A document that names a type or a file names one that is there.</summary>
public partial class DocumentTests
{
    private static readonly HashSet<string> Types = new[] { "Mesh.Io", "Mesh.Sip", "Mesh.Iax2", "Mesh.Media", "Mesh.Dialplan", "mesh" }
        .SelectMany(a => Assembly.Load(a).GetTypes()).Select(t => t.Name.Split('`')[0]).ToHashSet();

    public static TheoryData<string> Documents => [.. Directory.EnumerateFiles(Repository.Root, "*.md")
        .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "docs"), "*.md", SearchOption.AllDirectories))
        .Select(Repository.Relative).Order()];

    [Fact]
    public void The_picture_names_types_that_exist()
    {
        var named = TypeName().Matches(File.ReadAllText(Path.Combine(Repository.Root, "ARCHITECTURE.md"))).Select(m => m.Groups[1].Value.Split('.')[0]);
        Assert.Equal([], named.Distinct().Except(Types));
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Links_to_files_lead_somewhere(string document)
    {
        string full = Path.Combine(Repository.Root, document);
        var broken = Link().Matches(File.ReadAllText(full)).Select(m => m.Groups[1].Value)
            .Where(l => !l.StartsWith("http", StringComparison.Ordinal) && !l.StartsWith('#') && !l.StartsWith("mailto:", StringComparison.Ordinal))
            .Where(l => !Path.Exists(Path.Combine(Path.GetDirectoryName(full)!, l.Split('#')[0])));
        Assert.Empty(broken);
    }

    /// <summary>In ARCHITECTURE.md a `Name` in code font that begins with a capital, has an inner capital and no space is a type.</summary>
    [GeneratedRegex("`([A-Z][a-z0-9]+[A-Z][A-Za-z0-9]*(?:\\.[A-Z][A-Za-z]*)?)`")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
