using System.Diagnostics;
using Mesh.Host.Tests.Config;

namespace Mesh.Host.Tests.Incidents;

/// <summary>The real program: two sites, and a third process that talks to them.</summary>
public class IncidentProcessTests
{
    [Fact]
    public async Task An_incident_opened_at_one_site_is_listed_at_the_other_and_outlives_both()
    {
        using var bundle = new BundleFolder(BundleFolder.TwoSites.Replace("127.77.0.", "127.61.30."));
        string id;
        var (london, manchester) = (await Start(bundle, "london", "127.61.30.1"), await Start(bundle, "manchester", "127.61.30.2"));
        try
        {
            var open = await ProcessRun.Mesh("incident", "open", "No calls", "--who", "miriam", "--bundle", bundle.Path, "--site", "london");
            Assert.Equal(0, open.ExitCode);
            id = open.Output.Trim();
            Assert.True(await Eventually("http://127.61.30.2:8080/api/incidents", id));
            var close = await ProcessRun.Mesh("incident", "close", id, "--who", "tom", "--bundle", bundle.Path, "--site", "manchester");
            Assert.Equal((0, id), (close.ExitCode, close.Output.Trim()));
            Assert.True(await Eventually($"http://127.61.30.1:8080/api/incidents/{id}", "\"state\":\"resolved\""));
        }
        finally
        {
            london.Kill();
            manchester.Kill();
        }
        await Task.WhenAll(london.WaitForExitAsync(), manchester.WaitForExitAsync());
        var again = await Start(bundle, "london", "127.61.30.1");
        try { Assert.True(await Eventually($"http://127.61.30.1:8080/api/incidents/{id}", "\"state\":\"resolved\"")); }
        finally
        {
            again.Kill();
            await again.WaitForExitAsync();
        }
    }

    private static async Task<Process> Start(BundleFolder bundle, string site, string address)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [ProcessRun.MeshDll, "run", "--bundle", bundle.Path, "--site", site]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        _ = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (await Eventually($"http://{address}:8080/readyz", "ready")) return process;
        process.Kill();
        throw new InvalidOperationException(await error);
    }

    private static async Task<bool> Eventually(string url, string text)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        for (int i = 0; i < 600; i++)
        {
            try
            {
                if ((await http.GetStringAsync(url)).Contains(text, StringComparison.Ordinal)) return true;
            }
            catch (Exception e) when (e is HttpRequestException or TaskCanceledException) { }
            await Task.Delay(100);
        }
        return false;
    }
}
