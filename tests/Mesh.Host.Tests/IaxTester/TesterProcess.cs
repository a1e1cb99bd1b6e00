using System.Diagnostics;

namespace Mesh.Host.Tests.IaxTester;

/// <summary>The program in a process of its own: a server that is stopped at the end, or a command run to its end within minutes.</summary>
internal sealed class TesterProcess : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly Process process;
    private readonly Task<string> output, error;

    private TesterProcess(string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [ProcessRun.MeshDll, .. args]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MESH_IAX_SECRET"] = ConformWorld.Secret;
        process = Process.Start(start)!;
        output = process.StandardOutput.ReadToEndAsync();
        error = process.StandardError.ReadToEndAsync();
    }

    public static TesterProcess Start(params string[] args) => new(args);

    public static async Task<ProcessRun> Run(params string[] args)
    {
        using var run = new TesterProcess(args);
        using var limit = new CancellationTokenSource(Limit);
        try { await run.process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException)
        {
            run.process.Kill();
            Assert.Fail($"mesh {string.Join(' ', args)} did not end:\n{await run.output}{await run.error}");
        }
        return new ProcessRun(run.process.ExitCode, await run.output, await run.error);
    }

    /// <summary>Until a URL answers 200.</summary>
    public async Task<bool> Ready(string url)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        for (int i = 0; i < 600 && !process.HasExited; i++)
        {
            try
            {
                using var answer = await http.GetAsync(url);
                if (answer.IsSuccessStatusCode) return true;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { }
            await Task.Delay(100);
        }
        return false;
    }

    /// <summary>Ends it as Ctrl-C would; what it wrote to standard output.</summary>
    public async Task<string> Stop()
    {
        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(Limit);
        await process.WaitForExitAsync(limit.Token);
        return await output;
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
