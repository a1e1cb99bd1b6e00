using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Commands;
using Mesh.Host.IaxTester.Conform;
using Mesh.Host.IaxTester.Report;
using System.Text.Json;
using System.Xml.Linq;

namespace Mesh.Host.Tests.IaxTester;

public class IaxCommandTests
{
    private readonly StringWriter output = new(), error = new();

    [Theory]
    [InlineData("iax", "call")]
    [InlineData("iax", "call", "host:0/600")]
    [InlineData("iax", "call", "127.54.9.9")]
    [InlineData("iax", "call", "127.54.9.9/600", "--codec", "mp3")]
    [InlineData("iax", "call", "127.54.9.9/600", "--impair", "dorp=5%")]
    [InlineData("iax", "call", "127.54.9.9/600", "--duration", "soon")]
    [InlineData("iax", "call", "127.54.9.9/600", "--tone", "5")]
    [InlineData("iax", "call", "127.54.9.9/600", "--digits", "12x")]
    [InlineData("iax", "call", "127.54.9.9/600", "--play", "/nowhere/at/all.wav")]
    [InlineData("iax", "register", "127.54.9.9")]
    [InlineData("iax", "load", "127.54.9.9/600", "--rate", "0")]
    [InlineData("iax", "load", "127.54.9.9/600", "--media", "opera")]
    [InlineData("iax", "listen", "nowhere")]
    [InlineData("iax", "listen", "--user", "nobody")]
    [InlineData("iax", "conform")]
    [InlineData("iax", "conform", "127.54.9.9", "--row", "no-such-row")]
    [InlineData("iax", "scenario", "127.54.9.9")]
    public async Task What_cannot_be_meant_is_usage(params string[] args)
    {
        Assert.Equal(ExitCode.Usage, await Run(args));
        Assert.Equal("", output.ToString());
        Assert.NotEqual("", error.ToString());
    }

    [Fact]
    public async Task A_broken_scenario_is_told_with_its_place_and_nothing_is_sent()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "steps:\n  - sned: NEW\n");
        Assert.Equal(ExitCode.CheckFoundErrors, await Run("iax", "scenario", "127.54.9.9", file));
        Assert.Equal($"{file}:2:5: 'sned' is no step (did you mean 'send'?)", output.ToString().Trim());
        File.Delete(file);
    }

    [Fact]
    public async Task Shipped_scenarios_check()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "examples/iax-scenarios"), "*.yaml")];
        Assert.Equal(ExitCode.Ok, await Run(["iax", "scenario", "127.54.9.9", "--check", .. files]));
    }

    [Fact]
    public async Task The_rows_can_be_listed_and_chosen()
    {
        Assert.Equal(ExitCode.Ok, await Run("iax", "conform", "--list"));
        Assert.Equal(ConformRows.All.Count + 1, output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(["poke"], ConformCommand.Choose(["poke"]).Select(r => r.Id));
        Assert.All(ConformCommand.Choose(["6.7"]), r => Assert.StartsWith("6.7.", r.Section));
        Assert.Equal(ConformCommand.Choose(["6.7"]), ConformCommand.Choose(["6.7.*"]));
        Assert.Empty(ConformCommand.Choose(["66"]));
    }

    [Fact]
    public void What_was_not_given_skips_rows_and_says_so()
    {
        using var world = new ConformWorld();
        var target = new ConformTarget { Server = world.Target, Lacks = new Dictionary<RowNeeds, string> { [RowNeeds.Call] = "needs --user and --secret" } };
        Assert.Equal("needs --user and --secret", target.WhySkipped(ConformRows.All.Single(r => r.Id == "authrep")));
        Assert.Null(target.WhySkipped(ConformRows.All.Single(r => r.Id == "poke")));
    }

    [Theory]
    [InlineData(Verdict.Pass, RowLevel.Must, ExitCode.Ok)]
    [InlineData(Verdict.Skip, RowLevel.Must, ExitCode.Ok)]
    [InlineData(Verdict.Fail, RowLevel.Must, ExitCode.CheckFoundErrors)]
    [InlineData(Verdict.Fail, RowLevel.Should, ExitCode.PartlyDone)]
    public void The_reports_agree_about_a_row(Verdict verdict, RowLevel level, int exitCode)
    {
        using var world = new ConformWorld();
        var frames = world.Test(ConformRows.All.Single(r => r.Id == "poke"))[0].Frames;
        var row = new ConformRow("a-row", "6.7.1", level, RowNeeds.Nothing, "It does <this> & that", _ => Task.CompletedTask);
        var result = new RowResult(row, verdict, verdict == Verdict.Pass ? "" : "it did \"other\" \u0001 things", frames, 12);
        var target = new ConformTarget { Server = world.Target };

        var report = ConformReport.Of(target, [result]);
        Assert.Equal(exitCode, report.ExitCode);
        using var json = JsonDocument.Parse(JsonSerializer.Serialize(report, Terminal.Json));
        Assert.Equal(verdict.ToString().ToLowerInvariant(), json.RootElement.GetProperty("rows")[0].GetProperty("result").GetString());
        Assert.Equal("POKE", json.RootElement.GetProperty("rows")[0].GetProperty("frames")[0].GetProperty("frame").GetString());

        var junit = XDocument.Parse(JunitReport.Write(target, [result], DateTimeOffset.UnixEpoch)).Descendants("testcase").Single();
        Assert.Equal("rfc5456.6.7.1", junit.Attribute("classname")!.Value);
        Assert.Equal(verdict == Verdict.Fail, junit.Element("failure") is not null);
        Assert.Equal(verdict == Verdict.Skip, junit.Element("skipped") is not null);

        ConformText.Write(output, [result], frames: true);
        Assert.StartsWith("SECTION  ROW    LEVEL   RESULT  REQUIREMENT".Replace("LEVEL   ", level == RowLevel.Must ? "LEVEL  " : "LEVEL   ", StringComparison.Ordinal), output.ToString());
        Assert.Equal(verdict == Verdict.Fail, output.ToString().Contains("> POKE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Completion_knows_the_commands()
    {
        await Run("[suggest:9]", "mesh iax ");
        Assert.Contains("conform", output.ToString());
        Assert.Contains("scenario", output.ToString());
    }

    private Task<int> Run(params string[] args)
    {
        var terminal = new Terminal(output, error, new Dictionary<string, string>());
        return new MeshCommandLine(terminal, null, null) { More = [IaxCommandLine.Create(terminal, TimeProvider.System)] }.RunAsync(args);
    }
}
