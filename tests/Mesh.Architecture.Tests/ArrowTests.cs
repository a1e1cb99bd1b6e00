using System.Reflection;
using Xunit;

namespace Mesh.Architecture.Tests;

/// <summary>Dependencies point one way: Sip, Iax2, Media to Io only; Dialplan to Media and Io; Host to everything.</summary>
public class ArrowTests
{
    [Theory]
    [InlineData("Mesh.Io", new string[0])]
    [InlineData("Mesh.Sip", new[] { "Mesh.Io" })]
    [InlineData("Mesh.Iax2", new[] { "Mesh.Io" })]
    [InlineData("Mesh.Media", new[] { "Mesh.Io" })]
    [InlineData("Mesh.Dialplan", new[] { "Mesh.Media", "Mesh.Io" })]
    [InlineData("mesh", new[] { "Mesh.Sip", "Mesh.Iax2", "Mesh.Media", "Mesh.Dialplan", "Mesh.Io" })]
    public void An_assembly_refers_only_to_the_rooms_below_it(string assembly, string[] allowed)
    {
        var refers = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Mesh.", StringComparison.Ordinal));
        Assert.Empty(refers.Except(allowed));
    }

    [Theory]
    [InlineData("Mesh.Io")]
    [InlineData("Mesh.Sip")]
    [InlineData("Mesh.Iax2")]
    [InlineData("Mesh.Media")]
    public void A_protocol_library_needs_nothing_but_the_framework(string assembly)
    {
        var refers = Assembly.Load(assembly).GetReferencedAssemblies().Select(a => a.Name!);
        Assert.All(refers, n => Assert.True(n.StartsWith("System", StringComparison.Ordinal) || n.StartsWith("Mesh.", StringComparison.Ordinal)
            || n is "Microsoft.Win32.Primitives" or "netstandard", $"{assembly} refers to {n}"));
    }
}
