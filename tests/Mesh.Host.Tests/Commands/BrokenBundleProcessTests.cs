using Mesh.Host.Tests.Config;

namespace Mesh.Host.Tests.Commands;

/// <summary>The real program on every broken bundle: one clear error with file, line and column, exit code 3, nothing started.</summary>
public class BrokenBundleProcessTests
{
    public static TheoryData<string> Names => [.. BrokenBundle.All.Select(b => b.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Check_and_run_refuse(string name)
    {
        var broken = BrokenBundle.All.Single(b => b.Name == name);
        using var bundle = new BundleFolder();
        broken.Break(bundle);
        string place = broken.AnyPlace ? $"{Path.Combine(bundle.Path, broken.File)}:" : $"{Path.Combine(bundle.Path, broken.File)}:{broken.Line}:{broken.Column}: ";

        var runs = await Task.WhenAll(ProcessRun.Mesh("check", "--bundle", bundle.Path), ProcessRun.Mesh("run", "--bundle", bundle.Path, "--site", "london"));

        var (check, run) = (runs[0], runs[1]);
        Assert.Equal((3, 3), (check.ExitCode, run.ExitCode));
        string[] errors = check.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + broken.Also, errors.Length);
        Assert.Contains(errors, e => e.StartsWith(place, StringComparison.Ordinal) && e.Contains(broken.Says, StringComparison.Ordinal));
        Assert.Equal(broken.Also == 0 ? "1 error" : $"{1 + broken.Also} errors", check.Error.Trim());
        Assert.Contains(broken.Says, run.Error);
        Assert.Equal("", run.Output);
        Assert.False(Directory.Exists(Path.Combine(bundle.Path, "data")));
    }

    [Theory]
    [InlineData("Extension(\"301\", call => call.Dial(Person(\"301\"))\n", 1)]
    [InlineData("\n\nExtension(\"301\", call => call.Dail(Person(\"301\")));\n", 3)]
    [InlineData("\nExtension(\"301\", call => call.Dial(Sip(\"mbloch-dsek\")));\n", 2)]
    public async Task A_plan_that_does_not_compile_is_refused_with_its_line(string plan, int line)
    {
        using var bundle = new BundleFolder();
        bundle.Write("dialplan/plan.csx", plan);
        var check = await ProcessRun.Mesh("check", "--bundle", bundle.Path);
        Assert.Equal(3, check.ExitCode);
        Assert.Matches($"^{Path.Combine(bundle.Path, "dialplan/plan.csx")}:{line}:[0-9]+: ", check.Output);
    }

    [Fact]
    public async Task The_example_checks()
    {
        var check = await ProcessRun.Mesh("check", "--bundle", Checkout.Example);
        Assert.True(check.ExitCode == 0, check.Output + check.Error);
        Assert.Contains("4 sites", check.Error);
    }
}
