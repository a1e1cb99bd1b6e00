using Mesh.Load;
using Mesh.Scenarios;

// Mesh.Load [relay] [calls] [rate] [--beside MESH.DLL]: measures whole processes, prints the table, writes bench/results/smoke.md when everything was measured.
// --beside measures the calls of another build in turn with ours. Exit code 1 when a limit was missed.
// Mesh.Load --impaired: calls between two sites over bad networks, in virtual time, into bench/results/impaired.md.
if (args is ["--impaired"]) return await Impaired.RunAsync();
// Mesh.Load --trunk: what trunking between sites saves, into bench/results/trunk.md.
if (args is ["--trunk"]) return await Mesh.Load.Trunking.TrunkRun.RunAsync();
// Mesh.Load --flood [ROUNDS]: voice and good clients while a site is flooded, into bench/results/flood.md.
if (args is ["--flood", .. var rounds]) return await Mesh.Load.Floods.FloodBench.RunAsync(rounds is [var given] ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : 5);
if (!Sipp.IsInstalled) { Console.Error.WriteLine("SIPp is not installed: apt-get install sip-tester"); return 5; }
string[] parts = ["relay", "calls", "rate"];
string? beside = null;
if (Array.IndexOf(args, "--beside") is >= 0 and var at)
{
    if (at + 1 >= args.Length || !File.Exists(args[at + 1])) { Console.Error.WriteLine("--beside which mesh.dll?"); return 2; }
    beside = args[at + 1];
    args = [.. args[..at], .. args[(at + 2)..]];
}
if (args.Except(parts).Any()) { Console.Error.WriteLine($"which of {string.Join(", ", parts)}?"); return 2; }

var verdicts = await new Smoke(new SmokeOptions { Only = args.ToHashSet(StringComparer.Ordinal), Beside = beside }, Console.Error).RunAsync();
Console.Write(Report.Table(verdicts));
if (args.Length == 0) await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "bench/results/smoke.md"), Report.Markdown(verdicts, TimeProvider.System.GetUtcNow()));
return verdicts.All(v => v.Holds) ? 0 : 1;
