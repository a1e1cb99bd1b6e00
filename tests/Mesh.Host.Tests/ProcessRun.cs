using System.Diagnostics;

namespace Mesh.Host.Tests;

/// <summary>A process run to its end.</summary>
public sealed record ProcessRun(int ExitCode, string Output, string Error)
{
    /// <summary>The program these tests were built with, in the same configuration.</summary>
    public static readonly string MeshDll = Path.Combine(Checkout.Root, "src/Mesh.Host/bin",
        AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug", "net10.0/mesh.dll");

    /// <summary>Runs <c>mesh</c> with these arguments. One that does not end within a minute is killed and fails the test.</summary>
    public static async Task<ProcessRun> Mesh(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [MeshDll, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException)
        {
            process.Kill();
            Assert.Fail($"mesh {string.Join(' ', args)} did not end:\n{await output}{await error}");
        }
        return new ProcessRun(process.ExitCode, await output, await error);
    }
}
