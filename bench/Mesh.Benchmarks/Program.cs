using BenchmarkDotNet.Running;
using Mesh.Benchmarks;

// Mesh.Benchmarks [FILTER]: all, or those whose name matches (*Sip*). The table goes to bench/results/benchmarks.md when all ran.
var config = new ShortInProcess();
var summaries = BenchmarkSwitcher.FromAssembly(typeof(ShortInProcess).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : ["--filter", .. args], config).ToList();
if (args.Length == 0) ResultTable.Write(summaries);
return summaries.Count > 0 && summaries.All(s => s.Reports.All(r => r.Success)) ? 0 : 1;
