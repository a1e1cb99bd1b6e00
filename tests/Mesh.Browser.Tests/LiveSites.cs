using System.Diagnostics;

namespace Mesh.Browser.Tests;

/// <summary>Two sites of a mesh as real processes, with people's commands.</summary>
public sealed class LiveSites : IAsyncLifetime
{
    /// <summary>Addresses of our own on loopback.</summary>
    public const string Net = "127.74.1";

    private const string Plan = """
        Extension("301", async call => { await call.Dial(Sip("desk"), ringFor: 20.Seconds); });
        Inbound("+442079460301", call => call.Goto("301"));
        """;

    public FourSites Sites { get; } = new(Net, new TestPlan(["desk"], Plan) { Numbers = ["+442079460301"], People = new Dictionary<string, string[]> { ["301"] = ["desk"] } });

    public string Status(string site) => $"http://{Sites.Host(site)}:8081";

    public async Task InitializeAsync()
    {
        foreach (string site in FourSites.Names)
            File.WriteAllText(Path.Combine(Sites.Folder, $"sites/{site}.yaml"), "listen:\n  sorry: { http: 8082 }\nstatus: { name: Example Ltd }\n");
        await Sites.StartAsync("london", "manchester");
    }

    public async Task DisposeAsync() => await Sites.DisposeAsync();

    /// <summary><c>mesh ...</c> at a site, as an administrator types it; what it printed.</summary>
    public async Task<string> MeshAsync(string site, params string[] words)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Checkout.MeshDll, .. words, "--admin", Sites.Admin(site).ToString()]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = command.StandardOutput.ReadToEndAsync();
        var chatter = command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, $"mesh {string.Join(' ', words)}: {command.ExitCode}\n{await output}{await chatter}");
        return (await output).Trim();
    }
}
