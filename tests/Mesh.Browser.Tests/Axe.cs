using System.Text.Json;

namespace Mesh.Browser.Tests;

/// <summary>axe-core, run in a page: rules of WCAG and good practice that a program can judge.</summary>
public static class Axe
{
    private static readonly string File = Path.Combine(Checkout.Root, "tests/Mesh.Browser.Tests/node_modules/axe-core/axe.min.js");

    public static string Source { get; } = System.IO.File.Exists(File) ? System.IO.File.ReadAllText(File)
        : throw new FileNotFoundException("axe-core is not here: npm ci --prefix tests/Mesh.Browser.Tests (./test.sh does it)");

    /// <summary>No fault of impact serious or critical; lesser ones are printed.</summary>
    public static async Task FaultlessAsync(IPage page)
    {
        var found = await page.EvaluateAsync<JsonElement>("""
            async () => {
              const result = await axe.run(document, { resultTypes: ['violations'] });
              return { passed: result.passes.length, faults: result.violations.map(v => ({ id: v.id, impact: v.impact || 'none', help: v.help, where: v.nodes.map(n => `${n.target.join(' ')}: ${n.failureSummary}`) })) };
            }
            """);
        // A run that looked at nothing finds nothing.
        Assert.True(found.GetProperty("passed").GetInt32() >= 8, $"axe applied {found.GetProperty("passed")} rules to {page.Url}");
        var faults = found.GetProperty("faults").EnumerateArray().ToList();
        foreach (var lesser in faults.Where(f => !IsSerious(f))) Console.WriteLine($"axe, {lesser.GetProperty("impact")}: {page.Url} {lesser}");
        Assert.True(!faults.Any(IsSerious), $"{page.Url}\n{string.Join('\n', faults.Where(IsSerious))}");
    }

    private static bool IsSerious(JsonElement fault) => fault.GetProperty("impact").GetString() is "serious" or "critical";
}
