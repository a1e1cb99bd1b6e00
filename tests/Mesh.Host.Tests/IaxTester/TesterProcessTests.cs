using System.Text.Json;
using System.Xml.Linq;
using Mesh.Host.Commands;
using Mesh.Host.IaxTester.Conform;
using Mesh.Host.Tests.Config;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>The commands as processes, against a real site and against each other, on real sockets of 127.54.</summary>
public class TesterProcessTests
{
    private const string Bundle = """
        name: tested
        sites:
          london: { host: 127.54.1.1 }
        mesh_key: a-key-for-tests-only-0123456789
        people:
          "301": { name: Matthew Bloch, phones: [ tester ] }
        phones:
          tester: { secret: tester-secret, iax2: true }
        """;

    [Fact]
    public async Task A_real_site_conforms_in_every_row()
    {
        using var bundle = new BundleFolder(Bundle);
        bundle.Write("dialplan/plan.csx", "Extension(\"600\", call => call.Echo());\n");
        using var site = TesterProcess.Start("run", "--bundle", bundle.Path, "--site", "london");
        Assert.True(await site.Ready("http://127.54.1.1:8080/readyz"), "the site is not ready");
        string junit = Path.Combine(bundle.Path, "junit.xml");

        var conform = await TesterProcess.Run("iax", "conform", "127.54.1.1/600", "--user", "tester", "--junit", junit, "--json", "--parallel", "24", "--answer-within", "10s");

        using var report = JsonDocument.Parse(conform.Output);
        var rows = report.RootElement.GetProperty("rows").EnumerateArray().ToList();
        string Told(JsonElement r) => $"{r.GetProperty("id")}: {r.GetProperty("reason")}\n{string.Join('\n', r.GetProperty("frames").EnumerateArray().Select(f => $"  {f.GetProperty("ms")} {f.GetProperty("direction")} {f.GetProperty("text")}"))}";
        var red = rows.Where(r => r.GetProperty("result").GetString() != "pass").Select(Told).ToList();
        Assert.True(red.Count == 0, string.Join("\n\n", red));
        Assert.Equal(ExitCode.Ok, conform.ExitCode);
        Assert.Equal(ConformRows.All.Count, rows.Count);
        Assert.Contains("0 failed (0 of them recommendations), 0 skipped", conform.Error);
        var suite = XDocument.Load(junit).Root!.Element("testsuite")!;
        Assert.Equal(($"{rows.Count}", "0", "0"), (suite.Attribute("tests")!.Value, suite.Attribute("failures")!.Value, suite.Attribute("skipped")!.Value));
        Assert.Equal(rows.Count, suite.Elements("testcase").Count());
    }

    [Fact]
    public async Task A_listener_is_called_registered_at_loaded_and_stopped()
    {
        using var listener = TesterProcess.Start("iax", "listen", "127.54.2.1", "--user", "tester:tester-secret", "--extension", "600", "--answer-after", "100ms", "--json");
        await Reachable("127.54.2.1");

        var call = await TesterProcess.Run("iax", "call", "127.54.2.1/600", "--user", "tester", "--tone", "440", "--measure", "440", "--duration", "2s", "--digits", "12#", "--text", "hello");
        Assert.True(call.ExitCode == ExitCode.Ok, call.Output + call.Error);
        Assert.Contains("> NEW", call.Output);
        Assert.Contains("< ANSWER", call.Output);
        Assert.Matches(@"result +completed", call.Output);
        Assert.Matches(@"tone +4(39\.9|40\.\d) Hz", call.Output);
        Assert.DoesNotContain("tester-secret", call.Output);
        Assert.DoesNotContain("\x1b[", call.Output);

        var unknown = await TesterProcess.Run("iax", "call", "127.54.2.1/601", "--user", "tester", "--json");
        Assert.Equal(ExitCode.Refused, unknown.ExitCode);
        using (var json = JsonDocument.Parse(unknown.Output)) Assert.Equal("unallocatedNumber", json.RootElement.GetProperty("outcome").GetProperty("cause").GetString(), ignoreCase: true);

        var registered = await TesterProcess.Run("iax", "register", "127.54.2.1", "--user", "tester");
        Assert.True(registered.ExitCode == ExitCode.Ok, registered.Output + registered.Error);
        Assert.Matches(@"granted +60 s", registered.Output);
        Assert.Matches(@"seen as +127\.", registered.Output);

        var load = await TesterProcess.Run("iax", "load", "127.54.2.1/600", "--user", "tester", "--rate", "20", "--calls", "40", "--duration", "1s", "--json", "--impair", "drop=1%,seed=5");
        Assert.True(load.ExitCode == ExitCode.Ok, load.Output + load.Error);
        using (var json = JsonDocument.Parse(load.Output))
        {
            Assert.Equal(40, json.RootElement.GetProperty("completed").GetInt64());
            Assert.InRange(json.RootElement.GetProperty("setupMs").GetProperty("p50").GetDouble(), 100, 5_000);
            Assert.True(json.RootElement.GetProperty("voiceReceived").GetInt64() > 100);
        }

        string told = await listener.Stop();
        Assert.Contains("\"answered\"", told);
        Assert.Contains("\"registered\"", told);
        Assert.Contains("\"refused\"", told);
    }

    [Fact]
    public async Task Nothing_there_is_not_reachable()
    {
        var runs = await Task.WhenAll(
            TesterProcess.Run("iax", "conform", "127.54.3.1", "--answer-within", "300ms"),
            TesterProcess.Run("iax", "register", "127.54.3.1", "--user", "tester", "--timeout", "1s"),
            TesterProcess.Run("iax", "scenario", "127.54.3.1", Path.Combine(Checkout.Root, "examples/iax-scenarios/malformed.yaml")),
            TesterProcess.Run("iax", "call", "127.54.3.1/600", "--answer-within", "1s"));
        Assert.Equal([ExitCode.NotReachable, ExitCode.NotReachable, ExitCode.NotReachable, ExitCode.NotReachable], runs.Select(r => r.ExitCode));
    }

    private static async Task Reachable(string host)
    {
        for (int i = 0; i < 50; i++)
            if ((await TesterProcess.Run("iax", "conform", host, "--row", "poke", "--answer-within", "1s")).ExitCode == ExitCode.Ok) return;
        Assert.Fail($"{host} never answered");
    }
}
