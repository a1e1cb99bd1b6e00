using Mesh.Scenarios;

namespace Mesh.Load.Trunking;

/// <summary>Measures every <see cref="TrunkMode"/>, prints the table, keeps it in bench/results/trunk.md.</summary>
public static class TrunkRun
{
    private const int Calls = 100, CpuSeconds = 5;

    public static async Task<int> RunAsync()
    {
        var report = new TrunkReport(Calls);
        // The runtime compiles the whole path first.
        await CpuCost.OfAsync(TrunkMode.All[^1], Calls, CpuSeconds);
        foreach (var mode in TrunkMode.All)
        {
            Console.Error.WriteLine(mode.Name);
            report.Add(mode, WireCount.Of(mode, Calls), await CpuCost.OfAsync(mode, Calls, CpuSeconds));
        }
        string text = report.Markdown(Report.Machine());
        Console.Write(text);
        await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "bench/results/trunk.md"), text);
        return report.Holds ? 0 : 1;
    }
}
