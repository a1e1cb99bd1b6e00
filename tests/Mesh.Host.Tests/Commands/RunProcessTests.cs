using System.Diagnostics;
using Mesh.Host.Tests.Config;

namespace Mesh.Host.Tests.Commands;

/// <summary>The real program, running a real site on an address of its own.</summary>
public class RunProcessTests
{
    [Fact]
    public async Task A_site_becomes_ready_answers_its_commands_keeps_its_folder_and_stops_when_told()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites.Replace("127.77.0.", "127.77.9."));
        using var process = Process.Start(new ProcessStartInfo("dotnet", [ProcessRun.MeshDll, "run", "--bundle", bundle.Path, "--site", "london"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        try
        {
            Assert.True(await Ready("http://127.77.9.1:8080/readyz", process), $"not ready: {(process.HasExited ? await error : "")}");
            var phones = await ProcessRun.Mesh("phones", "--bundle", bundle.Path, "--site", "london", "--json");
            Assert.Equal((0, true), (phones.ExitCode, phones.Output.Contains("\"mbloch-desk\"")));
            var peers = await ProcessRun.Mesh("peers", "--bundle", bundle.Path, "--site", "london");
            Assert.Equal((0, true), (peers.ExitCode, peers.Output.Contains("manchester")));
            Assert.Equal(0, (await ProcessRun.Mesh("calls", "--admin", "http://127.77.9.1:8080")).ExitCode);

            var second = await ProcessRun.Mesh("run", "--bundle", bundle.Path, "--site", "london");
            Assert.Equal(1, second.ExitCode);
            Assert.Contains("held by another", second.Error);

            bundle.Write("dialplan/plan.csx", "Extension(\"301\", call => call.Dail());\n");
            var reload = await ProcessRun.Mesh("reload", "--bundle", bundle.Path, "--site", "london");
            Assert.Equal((6, true), (reload.ExitCode, reload.Output.Contains("plan.csx:1:")));
            Assert.False(process.HasExited);

            using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"])) await kill.WaitForExitAsync();
            using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await process.WaitForExitAsync(limit.Token);
            Assert.Equal(0, process.ExitCode);
            Assert.Equal("", await output);
            Assert.DoesNotContain("correct-horse", await error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
    }

    private static async Task<bool> Ready(string url, Process process)
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
}
