using Mesh.Scenarios;

// sipp-scenarios/run [NAME...]: plays the scenarios at four sites of this checkout and prints a table; exit code 1 when one failed.
if (!Sipp.IsInstalled) { Console.Error.WriteLine("SIPp is not installed: apt-get install sip-tester"); return 5; }
var all = Scenario.Load();
var wanted = args.Length == 0 ? all : [.. all.Where(s => args.Any(a => s.Name.Contains(a, StringComparison.Ordinal)))];
if (wanted.Count == 0) { Console.Error.WriteLine($"no scenario is called that; there are: {string.Join(", ", all.Select(s => s.Name))}"); return 2; }

await using var sites = new FourSites("127.30.0", ScenarioPlan.For(all));
await sites.StartAsync();
var run = new ScenarioRun(sites);
int failed = 0;
foreach (var scenario in wanted)
{
    var verdict = await run.PlayAsync(scenario);
    if (!verdict.Passed) failed++;
    Console.WriteLine($"{(verdict.Passed ? "pass" : "FAIL")}  {verdict.Seconds,5:F1} s  {scenario.Name,-32} {scenario.Sees}");
    if (!verdict.Passed) Console.WriteLine($"      {verdict.Why}");
}
if (failed > 0 && Environment.GetEnvironmentVariable("MESH_LOGS") is not null) Console.WriteLine(sites.Logs());
Console.WriteLine($"{wanted.Count - failed} passed, {failed} failed");
return failed == 0 ? 0 : 1;
