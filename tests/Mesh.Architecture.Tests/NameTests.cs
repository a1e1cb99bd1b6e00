using System.Reflection;
using System.Text.RegularExpressions;
using Xunit;

namespace Mesh.Architecture.Tests;

public partial class NameTests
{
    private static readonly string[] Assemblies = ["Mesh.Io", "Mesh.Sip", "Mesh.Iax2", "Mesh.Media", "Mesh.Dialplan", "mesh"];

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var empty = Assemblies.SelectMany(a => Assembly.Load(a).GetTypes()).Where(t => !t.Name.Contains('<')).Select(t => t.FullName!).Where(n => SaysNothing().IsMatch(n));
        Assert.Empty(empty);
    }

    [Fact]
    public void Sip_and_Iax2_lock_nothing()
    {
        var locks = new[] { "src/Mesh.Sip", "src/Mesh.Iax2" }.SelectMany(Repository.Sources)
            .SelectMany(f => File.ReadLines(f).Select((text, i) => (Where: $"{Repository.Relative(f)}:{i + 1}", Text: text)))
            .Where(l => LockStatement().IsMatch(l.Text));
        Assert.Empty(locks);
    }

    [Fact]
    public void There_are_no_regions_stubs_or_marks()
    {
        var marks = new[] { "src", "tests", "bench" }.SelectMany(Repository.Sources).Where(f => !f.EndsWith("NameTests.cs", StringComparison.Ordinal))
            .SelectMany(f => File.ReadLines(f).Select((text, i) => (Where: $"{Repository.Relative(f)}:{i + 1}", Text: text)))
            .Where(l => Mark().IsMatch(l.Text));
        Assert.Empty(marks);
    }

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Engine|Processor|Enum)$")]
    private static partial Regex SaysNothing();

    [GeneratedRegex(@"^\s*lock\s*\(|Monitor\.Enter|new Lock\(")]
    private static partial Regex LockStatement();

    [GeneratedRegex(@"#region|NotImplementedException|\bTODO\b|\bFIXME\b|\bHACK\b|Skip\s*=")]
    private static partial Regex Mark();
}
