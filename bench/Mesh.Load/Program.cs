using Mesh.Load;
using Mesh.Scenarios;

// Mesh.Load [relay] [calls] [rate]: measures whole processes, prints the table, writes bench/results/smoke.md when everything was measured. Exit code 1 when a limit was missed.
if (!Sipp.IsInstalled) { Console.Error.WriteLine("SIPp is not installed: apt-get install sip-tester"); return 5; }
string[] parts = ["relay", "calls", "rate"];
if (args.Except(parts).Any()) { Console.Error.WriteLine($"which of {string.Join(", ", parts)}?"); return 2; }

var verdicts = await new Smoke(new SmokeOptions { Only = args.ToHashSet(StringComparer.Ordinal) }, Console.Error).RunAsync();
Console.Write(Report.Table(verdicts));
if (args.Length == 0) await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "bench/results/smoke.md"), Report.Markdown(verdicts, TimeProvider.System.GetUtcNow()));
return verdicts.All(v => v.Holds) ? 0 : 1;
