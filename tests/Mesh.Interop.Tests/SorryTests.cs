using System.Diagnostics;
using System.Net.Sockets;
using System.Text;

namespace Mesh.Interop.Tests;

/// <summary>Sorry at four real sites: one order, answered by all; the site it was given at may die.</summary>
public sealed class SorryTests
{
    private const int Http = 8082, Smtp = 2525;

    [Fact]
    public async Task An_order_at_one_site_is_in_force_at_all_and_outlives_the_site_and_a_restart()
    {
        await using var sites = new FourSites("127.62.6", new TestPlan(["desk"], "Extension(\"301\", async call => { await call.Answer(); });"));
        foreach (string site in FourSites.Names) File.WriteAllText(Path.Combine(sites.Folder, $"sites/{site}.yaml"), $"listen:\n  sorry: {{ http: {Http}, smtp: {Smtp} }}\n");
        await sites.StartAsync();
        Assert.Contains("X-Sorry: unlisted", await PageAsync(sites, "manchester"));

        await SorryAsync(sites, "london", "on", "down.example", "--http", "page", "--smtp", "450", "--until", "2h", "--message", "moving house", "--who", "anna");
        Assert.Contains("X-Sorry: moving house", await PageAsync(sites, "london"));
        long ordered = Stopwatch.GetTimestamp();
        foreach (string site in FourSites.Names)
        {
            await Until(async () => (await PageAsync(sites, site)).Contains("X-Sorry: moving house"), $"{site} has not heard of it\n{sites.Logs()}");
            Assert.Contains("450 4.3.2 down.example: moving house", await MailAsync(sites, site));
        }
        Assert.True(Stopwatch.GetElapsedTime(ordered) < TimeSpan.FromSeconds(20), "other sites heard of it too late");

        sites.Kill("london");
        await SorryAsync(sites, "manchester", "off", "down.example", "--http", "--who", "tom");
        await Until(async () => (await PageAsync(sites, "offsite")).Contains("X-Sorry: unlisted"), "offsite has not heard of the end");
        Assert.Contains("450 4.3.2", await MailAsync(sites, "office"));

        await sites.StartAsync("london");
        await Until(async () => (await PageAsync(sites, "london")).Contains("X-Sorry: unlisted"), "london has not caught up");
        Assert.Contains("450 4.3.2", await MailAsync(sites, "london"));
        Assert.Contains("mesh_sorry_smtp_recipients_total{code=\"450\"}", await sites.GetAsync("london", "/metrics"));
        Assert.Contains("down.example", await sites.GetAsync("office", "/api/sorry/mail"));
    }

    private static async Task SorryAsync(FourSites sites, string site, params string[] arguments)
    {
        using var command = Process.Start(new ProcessStartInfo("dotnet", [Checkout.MeshDll, "sorry", .. arguments, "--admin", sites.Admin(site).ToString()]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string said = await command.StandardOutput.ReadToEndAsync() + await command.StandardError.ReadToEndAsync();
        await command.WaitForExitAsync();
        Assert.True(command.ExitCode == 0, said);
    }

    private static Task<string> PageAsync(FourSites sites, string site) => TalkAsync(sites.Host(site), Http, "GET / HTTP/1.1\r\nHost: down.example\r\nConnection: close\r\n\r\n");

    private static Task<string> MailAsync(FourSites sites, string site) => TalkAsync(sites.Host(site), Smtp, "EHLO a\r\nMAIL FROM:<s@else.example>\r\nRCPT TO:<b@down.example>\r\nQUIT\r\n");

    private static async Task<string> TalkAsync(string host, int port, string octets)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(host, port);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(octets));
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync();
    }

    private static async Task Until(Func<Task<bool>> holds, string otherwise)
    {
        for (int i = 0; i < 200; i++)
        {
            if (await holds()) return;
            await Task.Delay(100);
        }
        Assert.Fail(otherwise);
    }
}
